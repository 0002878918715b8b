#include "status_channel.h"

#include "file/path.h"
#include "patches/format.h"
#include "update/channel/state.h"

#include <stdlib.h>

static bool read_state(const char *user_folder, MpChannelState *state)
{
    char *folder = mp_path_join(user_folder, "updates");
    bool read = folder && mp_state_load(folder, state, NULL);
    free(folder);
    return read;
}

static const char *trial_of(const MpChannelState *state, int slot)
{
    return slot < 0 ? "as it was shipped" : state->slots[slot].good ? "good" : "on trial";
}

static void print_release(const MpChannelState *state, FILE *stream)
{
    unsigned long long number = mp_state_release(state, state->active);
    if (number)
        fprintf(stream, "release %llu runs, %s", number, trial_of(state, state->active));
    else
        fprintf(stream, "the game runs as it was shipped");
    if (state->next == MP_SLOT_EMBEDDED)
        fprintf(stream, "; from the next start it runs as it was shipped");
    else if (state->next >= 0)
        fprintf(stream, "; release %llu comes with the next start",
                (unsigned long long)mp_state_release(state, state->next));
}

void mp_cli_print_channel(const char *user_folder, FILE *stream)
{
    char time[21];
    MpChannelState state;
    if (!read_state(user_folder, &state))
        return;
    fprintf(stream, "\nchannel %s of %s: ", state.channel, state.app);
    print_release(&state, stream);
    mp_format_time(state.checked, time);
    if (state.checked)
        fprintf(stream, "\nchannel asked %s: %s\n", time,
                state.problem[0] ? state.problem : "well");
    else
        fprintf(stream, "\nchannel not asked yet\n");
    for (size_t i = 0; i < state.condemned_count; i++)
        fprintf(stream, "release %llu is not taken: %s\n",
                (unsigned long long)state.condemned[i].number, state.condemned[i].cause);
}

static json_t *condemned_json(const MpChannelState *state)
{
    json_t *list = json_array();
    for (size_t i = 0; i < state->condemned_count; i++)
        json_array_append_new(list, json_pack("{s:I, s:s}", "release",
                                              (json_int_t)state->condemned[i].number, "cause",
                                              state->condemned[i].cause));
    return list;
}

json_t *mp_cli_channel_json(const char *user_folder)
{
    char time[21];
    MpChannelState state;
    if (!read_state(user_folder, &state))
        return json_null();
    mp_format_time(state.checked, time);
    return json_pack("{s:s, s:s, s:I, s:s, s:I, s:s, s:s, s:o}", "app", state.app, "channel",
                     state.channel, "release", (json_int_t)mp_state_release(&state, state.active),
                     "trial", trial_of(&state, state.active), "next",
                     (json_int_t)mp_state_release(&state, state.next), "checked", time, "problem",
                     state.problem, "condemned", condemned_json(&state));
}
