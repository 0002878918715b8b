/*
 * moonpatch/glue_arguments.h - the part of glue.h about functions that take an MpArguments.
 */
#ifndef MOONPATCH_GLUE_ARGUMENTS_H
#define MOONPATCH_GLUE_ARGUMENTS_H

#include "moonpatch/arguments.h"
#include "moonpatch/glue_call.h"

/**
 * The arguments from `first` on. They stay valid while the wrapper runs. Raises an error for a
 * dead object.
 */
MpArguments mp_arg_rest(lua_State *L, const MpMethod *method, int first);

/** After the body: raises an error if it found an argument that it did not expect. */
void mp_arg_rest_end(lua_State *L, const MpMethod *method, int first, const MpArguments *arguments);

/** Pushes the arguments for a patch; returns how many. */
int mp_call_push_rest(MpCall *call, const MpArguments *arguments);

#endif
