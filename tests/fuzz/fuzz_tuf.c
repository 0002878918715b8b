/*
 * Any bytes as TUF metadata of each kind, and as what its own keys signed. What is accepted must
 * come back the same from its canonical form; what is not must say why in one line.
 */
#include "fuzz.h"

#include "update/tuf/pattern.h"
#include "update/tuf/trusted.h"
#include "update/tuf/verify.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static void expect_message(const MpError *error)
{
    fuzz_expect(error->status != MP_OK && error->message[0], "a refusal without a reason");
    for (const char *c = error->message; *c; c++)
        fuzz_expect(!iscntrl((unsigned char)*c), error->message);
}

/* The canonical form as the signed part of a document without signatures. */
static void expect_same_again(MpTufKind kind, const MpTufMetadata *metadata)
{
    static const char before[] = "{\"signatures\":[],\"signed\":";
    MpError error;
    size_t size = strlen(before) + metadata->canonical_size + 1;
    char *text = malloc(size);
    fuzz_expect(text != NULL, "no memory");
    memcpy(text, before, strlen(before));
    memcpy(text + strlen(before), metadata->canonical, metadata->canonical_size);
    text[size - 1] = '}';
    MpTufMetadata *again = mp_tuf_metadata_parse(kind, "again", text, size, &error);
    /* The canonical form does not escape what steers; JSON demands it. */
    bool is_json = true;
    for (size_t i = 0; i < metadata->canonical_size; i++)
        is_json = is_json && (unsigned char)metadata->canonical[i] >= 0x20;
    fuzz_expect(again || !is_json, error.message);
    if (again)
        fuzz_expect(again->canonical_size == metadata->canonical_size &&
                        memcmp(again->canonical, metadata->canonical, again->canonical_size) == 0,
                    "it changes when it is read");
    mp_tuf_metadata_destroy(again);
    free(text);
}

/* What a client does with what it has read. */
static void use(MpTufKind kind, const MpTufMetadata *metadata)
{
    MpError error = {0};
    const json_t *delegations = json_object_get(metadata->content, "delegations");
    const json_t *roles = json_object_get(delegations, "roles");
    for (size_t i = 0; i < json_array_size(roles); i++)
        mp_tuf_pattern_is_delegated(json_array_get(roles, i), "releases/3.json");
    if (kind == MP_TUF_ROOT && !mp_tuf_verify(metadata, metadata, "root", &error))
        expect_message(&error);
    if (kind == MP_TUF_TIMESTAMP)
        fuzz_expect(mp_tuf_metadata_file(metadata, "snapshot") != NULL, "no snapshot");
    if (kind == MP_TUF_SNAPSHOT)
        fuzz_expect(mp_tuf_metadata_file(metadata, "targets") != NULL, "no targets");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *copy = fuzz_copy(data, size);
    for (int i = 0; i < MP_TUF_KINDS; i++) {
        MpTufKind kind = (MpTufKind)i;
        MpError error = {0};
        MpTufMetadata *metadata =
            mp_tuf_metadata_parse(kind, mp_tuf_kind_names[kind], copy, size, &error);
        if (metadata) {
            fuzz_expect(metadata->version >= 1, "a version below 1");
            expect_same_again(kind, metadata);
            use(kind, metadata);
        } else {
            expect_message(&error);
        }
        mp_tuf_metadata_destroy(metadata);
    }
    free(copy);
    return 0;
}
