#ifndef MP_BINDGEN_DATA_H
#define MP_BINDGEN_DATA_H

#include <lua.h>

/**
 * Pushes the folder that holds lua/ and templates/: the one that MOONPATCH_BINDGEN_DATA names, or
 * the one that was installed with this program, wherever both are now, or where it was built for.
 */
void mp_push_data_folder(lua_State *L);

#endif
