/*
 * embed.h - files that the build put into the program.
 */
#ifndef MP_EMBED_H
#define MP_EMBED_H

#include <stddef.h>

/** One file. Tables of them end with a NULL name. */
typedef struct MpEmbedded {
    const char *name; /**< Without folder and suffix. */
    const char *text;
    size_t size;
} MpEmbedded;

/** The bridge's Lua half: bridge/lua/. */
extern const MpEmbedded mp_bridge_lua[];

#endif
