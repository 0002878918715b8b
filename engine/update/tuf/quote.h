/*
 * update/tuf/quote.h - names that others chose, as part of a URL or as a file name.
 */
#ifndef MP_TUF_QUOTE_H
#define MP_TUF_QUOTE_H

/**
 * `text` with every byte but A-Z a-z 0-9 _ . - ~ and those in `safe` as %XX. Without '/' among
 * the safe ones and with something behind it ("...json"), it is a file name that leads nowhere
 * else. Ownership: the caller frees it with free(). Errors: NULL without memory. Thread: any.
 */
char *mp_tuf_quote(const char *text, const char *safe);

#endif
