#include "fixture.h"

#include "file/file.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Simulator sim;
Scratch scratch;
MpError why;
MpTufTarget found;

MpTufOptions fixture_options(void)
{
    return (MpTufOptions){
        .folder = scratch_path(&scratch, "metadata"),
        .source = simulator_source(&sim),
        .now = SIMULATOR_NOW,
    };
}

static void start(const char *root)
{
    MpTufOptions options = fixture_options();
    options.root = root;
    options.root_size = strlen(root);
    MpTufClient *client = mp_tuf_client_create(&options, &why);
    cr_assert(client, "%s", why.message);
    mp_tuf_client_destroy(client);
    why = (MpError){0};
}

void fixture_restart(void)
{
    scratch_remove(&scratch, "metadata");
    start(simulator_published(&sim, "root"));
}

void fixture_init(void)
{
    scratch_init(&scratch);
    simulator_init(&sim);
    start(simulator_published(&sim, "root"));
}

void fixture_finish(void)
{
    mp_tuf_target_finish(&found);
    simulator_finish(&sim);
    scratch_finish(&scratch);
}

static bool run(const char *path, int day)
{
    MpTufOptions options = fixture_options();
    options.now += day * INT64_C(86400);
    why = (MpError){0};
    MpTufClient *client = mp_tuf_client_create(&options, &why);
    mp_tuf_target_finish(&found);
    bool ok = client && mp_tuf_client_refresh(client, &why) &&
              (!path || mp_tuf_client_find(client, path, &found, &why));
    mp_tuf_client_destroy(client);
    if (ok)
        why = (MpError){0};
    cr_expect(ok || (why.status != MP_OK && why.message[0] && !strchr(why.message, '\n')),
              "a failure without a reason: %s", why.message);
    return ok;
}

bool refresh(void) { return run(NULL, 0); }
bool refresh_on(int day) { return run(NULL, day); }
bool find(const char *path) { return run(path, 0); }
bool find_on(const char *path, int day) { return run(path, day); }

static int is_metadata(const struct dirent *entry)
{
    const char *end = strrchr(entry->d_name, '.');
    return end && strcmp(end, ".json") == 0;
}

static int version_of(const char *name)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", scratch_path(&scratch, "metadata"), name);
    json_t *document = json_load_file(path, 0, NULL);
    cr_assert(document, "%s", path);
    json_t *content = json_object_get(document, "signed");
    int version = (int)json_integer_value(json_object_get(content, "version"));
    json_decref(document);
    return version;
}

const char *trusted(void)
{
    static char text[1024];
    struct dirent **entries;
    int count = scandir(scratch_path(&scratch, "metadata"), &entries, is_metadata, alphasort);
    cr_assert(count >= 0);
    text[0] = '\0';
    for (int i = 0; i < count; i++) {
        const char *name = entries[i]->d_name;
        size_t length = strlen(text);
        snprintf(text + length, sizeof text - length, "%s%.*s %d", i ? ", " : "",
                 (int)(strlen(name) - strlen(".json")), name, version_of(name));
        free(entries[i]);
    }
    free(entries);
    return text;
}

const char *asked(void)
{
    static char text[4096];
    json_t *request;
    size_t i;
    text[0] = '\0';
    json_array_foreach (sim.requests, i, request) {
        const char *name = json_string_value(request);
        size_t length = strlen(text);
        snprintf(text + length, sizeof text - length, "%s%.*s", i ? " " : "",
                 (int)(strlen(name) - strlen(".json")), name);
    }
    json_array_clear(sim.requests);
    return text;
}
