#include "audio/audio.h"
#include "audio/music.h"
#include "support/scratch.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Everything is tested twice: silent, and with SDL's driver that plays to nowhere. */

static Scratch scratch;
static MpVfs *vfs;
static MpAssets *assets;
static MpAudio *audio;

static void start(bool silent)
{
    MpError warning;
    setenv("SDL_AUDIODRIVER", "dummy", 1);
    scratch_init(&scratch);
    vfs = mp_vfs_create(NULL, NULL);
    cr_assert(vfs);
    cr_assert(mp_vfs_mount_directory(vfs, scratch.path, "/", NULL));
    assets = mp_assets_create(vfs, NULL);
    cr_assert(assets);
    audio = mp_audio_create(assets, silent, &warning);
    cr_assert(audio);
    cr_assert_eq(warning.status, MP_OK, "%s", warning.message);
    cr_assert_eq(mp_audio_is_silent(audio), silent);
}

static void finish(void)
{
    mp_audio_destroy(audio);
    mp_assets_destroy(assets);
    mp_vfs_destroy(vfs);
    scratch_finish(&scratch);
}

#define BOTH_WAYS(name)                                         \
    static void name(void);                                     \
    Test(audio, name##_silently, .fini = finish, .timeout = 20) \
    {                                                           \
        start(true);                                            \
        name();                                                 \
    }                                                           \
    Test(audio, name##_aloud, .fini = finish, .timeout = 20)    \
    {                                                           \
        start(false);                                           \
        name();                                                 \
    }                                                           \
    static void name(void)

/* One channel, 8 bits, 1000 samples a second. */
static void write_wav(const char *name, uint32_t samples)
{
    static const uint8_t head[44] =
        "RIFF\0\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\xE8\3\0\0\xE8\3\0\0\1\0\x08\0data";
    uint8_t *wav = malloc(sizeof head + samples);
    cr_assert(wav);
    memcpy(wav, head, sizeof head);
    memset(wav + sizeof head, 0x80, samples);
    uint32_t riff = 36 + samples;
    memcpy(wav + 4, &riff, 4);
    memcpy(wav + 40, &samples, 4);
    scratch_write(&scratch, name, wav, sizeof head + samples);
    free(wav);
}

static MpSound *load(const char *name)
{
    MpError error;
    MpSound *sound = mp_audio_load_sound(audio, name, &error);
    cr_assert(sound, "%s", error.message);
    return sound;
}

BOTH_WAYS(plays_sounds)
{
    write_wav("laser.wav", 100);
    MpSound *laser = load("laser.wav");
    cr_expect_eq(load("laser.wav"), laser);
    cr_expect(mp_audio_play(audio, laser, 1, 0));
    cr_expect(mp_audio_play(audio, laser, 0.5f, -1));
    cr_expect(mp_audio_play(audio, laser, 9, 7));
    cr_expect_eq(audio->sounds_played, 3);
}

Test(audio, limits_voices, .fini = finish)
{
    start(false);
    write_wav("laser.wav", 100);
    MpSound *laser = load("laser.wav");
    int started = 0;
    for (int i = 0; i < 20; i++)
        started += mp_audio_play(audio, laser, 1, 0);
    /* More only if the machine takes longer than 30 ms for this. */
    cr_expect(started >= 4 && started < 20, "%d", started);
    cr_expect_eq(audio->sounds_played, started);
}

Test(audio, counts_everything_silently, .fini = finish)
{
    start(true);
    write_wav("laser.wav", 100);
    MpSound *laser = load("laser.wav");
    for (int i = 0; i < 20; i++)
        cr_expect(mp_audio_play(audio, laser, 1, 0));
    cr_expect_eq(audio->sounds_played, 20);
}

BOTH_WAYS(refuses_other_files)
{
    static const struct {
        const char *name, *text;
        MpStatus status;
    } cases[] = {{"text.wav", "this is not sound at all", MP_FORMAT},
                 {"short.ogg", "OggS", MP_FORMAT},
                 {"empty.wav", "", MP_FORMAT},
                 {"module.wav", "Extended Module: nobody needs it", MP_FORMAT}};
    MpError error;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        scratch_write_text(&scratch, cases[i].name, cases[i].text);
        cr_expect_null(mp_audio_load_sound(audio, cases[i].name, &error));
        cr_expect_eq(error.status, cases[i].status, "%s", cases[i].name);
        cr_expect_not(mp_audio_play_music(audio, cases[i].name, 1, true, &error));
        cr_expect_eq(error.status, cases[i].status, "%s", cases[i].name);
    }
    cr_expect_null(mp_audio_load_sound(audio, "none.wav", &error));
    cr_expect_eq(error.status, MP_NOT_FOUND);
    cr_expect_null(mp_audio_get_music(audio));
}

Test(audio, refuses_long_sounds, .fini = finish)
{
    MpError error;
    start(false);
    write_wav("long.wav", 61000);
    cr_expect_null(mp_audio_load_sound(audio, "long.wav", &error));
    cr_expect_eq(error.status, MP_LIMIT, "%s", error.message);
    write_wav("minute.wav", 60000);
    cr_expect(mp_audio_load_sound(audio, "minute.wav", &error));
}

Test(audio, survives_broken_files, .fini = finish)
{
    start(false);
    scratch_write(&scratch, "broken.wav", "RIFF\xFF\xFF\xFF\xFFWAVEfmt \xFF\xFF\xFF\x7F\0\0\0\0",
                  24);
    scratch_write(&scratch, "broken.ogg",
                  "OggS\0\2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\x1E\1vorbis\0\0\0\0", 39);
    static const char *const names[] = {"broken.wav", "broken.ogg"};
    for (size_t i = 0; i < 2; i++) {
        MpError error;
        cr_expect_null(mp_audio_load_sound(audio, names[i], &error));
        cr_expect_eq(error.status, MP_FORMAT, "%s", names[i]);
        cr_expect_not(mp_audio_play_music(audio, names[i], 1, true, &error));
    }
}

BOTH_WAYS(plays_one_piece_of_music)
{
    MpError error;
    write_wav("calm.wav", 5000);
    write_wav("wild.wav", 5000);
    cr_expect(mp_audio_play_music(audio, "calm.wav", 0.5f, true, NULL));
    cr_expect_str_eq(mp_audio_get_music(audio), "calm.wav");
    char *calm = audio->music->file.bytes;
    cr_expect(mp_audio_play_music(audio, "calm.wav", 0.9f, true, NULL));
    cr_expect_eq(audio->music->file.bytes, calm, "it goes on");
    cr_expect(mp_audio_play_music(audio, "wild.wav", 0.5f, false, NULL));
    cr_expect_str_eq(mp_audio_get_music(audio), "wild.wav");
    cr_expect_not(mp_audio_play_music(audio, "none.wav", 0.5f, true, &error));
    cr_expect_str_eq(mp_audio_get_music(audio), "wild.wav", "what plays goes on");
    mp_audio_stop_music(audio);
    mp_audio_stop_music(audio);
    cr_expect_null(mp_audio_get_music(audio));
}

BOTH_WAYS(keeps_volumes_in_range)
{
    cr_expect_eq(mp_audio_get_music_volume(audio), 1);
    mp_audio_set_music_volume(audio, 2);
    cr_expect_eq(mp_audio_get_music_volume(audio), 1);
    mp_audio_set_music_volume(audio, 0.25f);
    cr_expect_eq(mp_audio_get_music_volume(audio), 0.25f);
    mp_audio_set_effects_volume(audio, -1);
    cr_expect_eq(mp_audio_get_effects_volume(audio), 0);
}

static void count(void *user, const MpAsset *asset, const MpError *problem)
{
    (void)asset;
    *(int *)user += problem != NULL;
}

static int reload(int *problems)
{
    mp_assets_check(assets);
    mp_assets_wait(assets);
    int replaced = mp_assets_poll(assets, count, problems);
    mp_assets_wait(assets); /* for a second look at what failed */
    return replaced + mp_assets_poll(assets, count, problems);
}

BOTH_WAYS(reloads_what_changed)
{
    int problems = 0;
    write_wav("laser.wav", 100);
    write_wav("calm.wav", 5000);
    MpSound *laser = load("laser.wav");
    mp_audio_play(audio, laser, 1, 0);
    cr_assert(mp_audio_play_music(audio, "calm.wav", 1, true, NULL));
    cr_expect_eq(reload(&problems), 0);
    write_wav("laser.wav", 200);
    write_wav("calm.wav", 6000);
    cr_expect_eq(reload(&problems), 2);
    cr_expect_eq(reload(&problems), 0);
    scratch_write_text(&scratch, "laser.wav", "broken");
    scratch_remove(&scratch, "calm.wav");
    cr_expect_eq(reload(&problems), 0);
    cr_expect_eq(reload(&problems), 0);
    cr_expect_eq(problems, 2, "told once each");
    cr_expect(mp_audio_play(audio, laser, 1, 0), "the old sound is still there");
    cr_expect_str_eq(mp_audio_get_music(audio), "calm.wav");
}

Test(audio, is_silent_without_a_device, .fini = finish)
{
    MpError warning;
    start(true);
    mp_audio_destroy(audio);
    setenv("SDL_AUDIODRIVER", "there-is-no-such-driver", 1);
    audio = mp_audio_create(assets, false, &warning);
    cr_assert(audio);
    cr_expect_eq(warning.status, MP_DEVICE);
    cr_expect(mp_audio_is_silent(audio));
    write_wav("laser.wav", 100);
    cr_expect(mp_audio_play(audio, load("laser.wav"), 1, 0));
}
