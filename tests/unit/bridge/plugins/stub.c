/*
 * stub.c - plugins that are refused by their descriptor alone; compiled once for each, with
 *   STUB_NAME      the module's name
 *   STUB_NEEDS     what it needs, for MP_NEEDS
 *   STUB_FAULT     members of the descriptor that are wrong
 */
#include "moonpatch/plugin.h"

/* Never registered, so it describes nothing. */
static const MpModule module = {
    .name = STUB_NAME,
#ifdef STUB_GLUE
    .glue_version = STUB_GLUE,
#else
    .glue_version = MP_GLUE_VERSION,
#endif
    .level = 1,
    .method_count = 1,
};

#ifdef STUB_FAULT
MP_PLUGIN_EXPORT extern const MpPlugin mp_module;
const MpPlugin mp_module = {STUB_FAULT};
#else
MP_PLUGIN(.module = &module, .needs = MP_NEEDS(STUB_NEEDS));
#endif
