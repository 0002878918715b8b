#include "update/channel/cohort.h"

#include <openssl/evp.h>
#include <string.h>

enum { WEIGHT_LIMIT = 1000000 };

bool mp_channel_name_is_valid(const char *text)
{
    size_t length = strlen(text);
    return length > 0 && length < MP_CHANNEL_NAME_SIZE &&
           strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789._-") == length;
}

static int digit_of(char c)
{
    const char *digits = "0123456789abcdef", *found = c ? strchr(digits, c) : NULL;
    return found ? (int)(found - digits) : -1;
}

bool mp_salt_parse(const char *text, MpSalt *salt, MpError *error)
{
    MpSalt parsed = {.size = strlen(text) / 2};
    bool valid = parsed.size > 0 && parsed.size <= MP_SALT_LIMIT && text[2 * parsed.size] == '\0';
    for (size_t i = 0; valid && i < parsed.size; i++) {
        int high = digit_of(text[2 * i]), low = digit_of(text[2 * i + 1]);
        valid = high >= 0 && low >= 0;
        parsed.bytes[i] = (unsigned char)((unsigned)high << 4 | (unsigned)low);
    }
    if (valid)
        *salt = parsed;
    else
        mp_error_set(error, MP_FORMAT, "a salt is 2 to %d lower-case hexadecimal digits",
                     2 * MP_SALT_LIMIT);
    return valid;
}

/* Big-endian. Without memory, the one number that no rollout below all reaches. */
static uint64_t hash_of(const MpSalt *salt, const MpInstall *install)
{
    unsigned char text[MP_SALT_LIMIT + MP_INSTALL_SIZE], digest[EVP_MAX_MD_SIZE];
    uint64_t number = 0;
    memcpy(text, salt->bytes, salt->size);
    memcpy(text + salt->size, install->bytes, sizeof install->bytes);
    if (!EVP_Digest(text, salt->size + sizeof install->bytes, digest, NULL, EVP_sha256(), NULL))
        return MP_ROLLOUT_BUCKETS - 1;
    for (int i = 0; i < 8; i++)
        number = number << 8 | digest[i];
    return number;
}

unsigned mp_rollout_bucket(const MpSalt *salt, const MpInstall *install)
{
    return (unsigned)(hash_of(salt, install) % MP_ROLLOUT_BUCKETS);
}

bool mp_rollout_reaches(const MpRollout *rollout, const MpInstall *install)
{
    return mp_rollout_bucket(&rollout->salt, install) <
           rollout->percent * (MP_ROLLOUT_BUCKETS / 100);
}

/* ---- cohorts ------------------------------------------------------------------------------- */

static bool parse_cohort(const json_t *value, MpCohort *cohort, MpError *error)
{
    const char *name = json_string_value(json_object_get(value, "name"));
    const json_t *weight = json_object_get(value, "weight");
    if (!name || !mp_channel_name_is_valid(name) || !json_is_integer(weight) ||
        json_integer_value(weight) < 0 || json_integer_value(weight) > WEIGHT_LIMIT) {
        mp_error_set(error, MP_FORMAT, "a cohort has a name and a weight from 0 to %d",
                     WEIGHT_LIMIT);
        return false;
    }
    strcpy(cohort->name, name);
    cohort->weight = (unsigned)json_integer_value(weight);
    return true;
}

bool mp_cohorts_parse(const json_t *value, MpCohorts *cohorts, MpError *error)
{
    MpCohorts parsed = {0};
    const json_t *list = json_object_get(value, "cohorts");
    const char *salt = json_string_value(json_object_get(value, "salt"));
    parsed.count = json_array_size(list);
    if (list && !json_is_array(list)) {
        mp_error_set(error, MP_FORMAT, "cohorts are no list");
        return false;
    }
    if (parsed.count > MP_COHORT_LIMIT) {
        mp_error_set(error, MP_LIMIT, "there are more than %d cohorts", MP_COHORT_LIMIT);
        return false;
    }
    for (size_t i = 0; i < parsed.count; i++) {
        if (!parse_cohort(json_array_get(list, i), &parsed.list[i], error))
            return false;
    }
    if (parsed.count && !mp_salt_parse(salt ? salt : "", &parsed.salt, error))
        return false;
    *cohorts = parsed;
    return true;
}

const char *mp_cohorts_pick(const MpCohorts *cohorts, const MpInstall *install)
{
    uint64_t total = 0;
    for (size_t i = 0; i < cohorts->count; i++)
        total += cohorts->list[i].weight;
    if (total == 0)
        return "";
    uint64_t left = hash_of(&cohorts->salt, install) % total;
    size_t i = 0;
    for (; left >= cohorts->list[i].weight; i++)
        left -= cohorts->list[i].weight;
    return cohorts->list[i].name;
}
