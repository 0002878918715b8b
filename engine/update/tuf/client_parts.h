/*
 * update/tuf/client_parts.h - what the parts of a client share.
 */
#ifndef MP_TUF_CLIENT_PARTS_H
#define MP_TUF_CLIENT_PARTS_H

#include "update/tuf/client.h"
#include "update/tuf/trusted.h"

struct MpTufClient {
    char *folder;
    MpTufSource source;
    MpTufTrusted trusted;
};

/**
 * The announced metadata of a targets role: the stored one if `delegator` stands by it, else from
 * the source; then it is stored.
 * Ownership: the caller's, until mp_tuf_metadata_destroy.
 */
MpTufMetadata *mp_tuf_client_load_targets(MpTufClient *self, const MpTufMetadata *delegator,
                                          const char *role, MpError *error);

#endif
