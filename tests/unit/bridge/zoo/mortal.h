/*
 * zoo/mortal.h - objects in memory of their own, which is freed when they die; and a keeper, who is
 * C that calls their methods as a game does.
 */
#ifndef ZOO_MORTAL_H
#define ZOO_MORTAL_H

#include "moonpatch/annotate.h"
#include "moonpatch/arguments.h"
#include "moonpatch/error.h"
#include "moonpatch/object.h"

/** Lives until somebody destroys it. */
typedef struct MP_CLASS Mortal {
    MpObject object;
    MP_PROPERTY int hp;
    MP_PROPERTY int64_t births[2];
    MP_PROPERTY MP_COUNT(mark_count) uint64_t *marks;
    int mark_count;
    uint64_t own_marks[3];
} Mortal;

/** What a mortal is sent out with. */
typedef struct MP_OPTIONS Quest {
    Mortal *companion;
    const char *what;
    const char *where;
} Quest;

MP_CONSTRUCTOR Mortal *mortal_new(MP_DEFAULT(10) int hp);
/** Fails without hit points. */
MP_CONSTRUCTOR Mortal *mortal_born(int hp, MP_DEFAULT(1) int times, MP_OPTIONAL Mortal *parent,
                                   MpError *error);
MP_DESTRUCTOR void mortal_destroy(Mortal *self);

/** Takes `amount` away; returns what is left. */
MP_METHOD int mortal_strike(Mortal *self, int amount);
/** Both lose a point; returns what both have left. */
MP_METHOD int mortal_duel(Mortal *self, MP_OPTIONAL Mortal *other, MP_OUT int *rounds);
MP_METHOD void mortal_rest(Mortal *self);
MP_METHOD int mortal_pray(Mortal *self, MpError *error);
/** What all of them have. */
MP_METHOD int mortal_lead(Mortal *self, MP_COUNT(count) Mortal *const *others, int count);
MP_METHOD uint64_t mortal_add(Mortal *self, MP_COUNT(count) const uint64_t *numbers, int count);
MP_METHOD int mortal_travel(Mortal *self, const Quest *quest);
MP_METHOD int mortal_meet(Mortal *self, MpArguments *arguments);
/** Rests in between; whether the words are the same after that. */
MP_METHOD bool mortal_recite(Mortal *self, MP_COUNT(count) const char *const *words, int count);
MP_METHOD bool mortal_plan(Mortal *self, const Quest *quest);

/* What C holds of these, patches may have returned. */
MP_METHOD const char *mortal_name(Mortal *self, int number);
MP_METHOD MP_BYTES(length) const char *mortal_sign(Mortal *self, int number, MP_OUT int *length);
MP_METHOD void mortal_tell(Mortal *self, int number, MP_OUT const char **text);
MP_METHOD MP_COUNT(count) const
    char *const *mortal_list(Mortal *self, int number, MP_OUT int *count);
/** It is told that it died. */
MP_EVENT void mortal_died(Mortal *self);

/* The keeper calls the method of the same name. */
MP_STATIC(keeper) int keeper_strike(Mortal *mortal, int amount);
MP_STATIC(keeper) int keeper_duel(Mortal *mortal, MP_OPTIONAL Mortal *other, MP_OUT int *rounds);
MP_STATIC(keeper) void keeper_rest(Mortal *mortal);
MP_STATIC(keeper) int keeper_pray(Mortal *mortal, MpError *error);
MP_STATIC(keeper) int keeper_lead(Mortal *mortal, MP_COUNT(count) Mortal *const *others, int count);
MP_STATIC(keeper) int keeper_travel(Mortal *mortal, Mortal *companion);
MP_STATIC(keeper) int keeper_meet(Mortal *mortal, Mortal *other);

/** Calls the method so often, holds all that it returns, lets the mortal rest, and counts what is
 * not the same any more. */
MP_STATIC(keeper) int keeper_forget_names(Mortal *mortal, int times);
MP_STATIC(keeper) int keeper_forget_signs(Mortal *mortal, int times);
MP_STATIC(keeper) int keeper_forget_tales(Mortal *mortal, int times);
MP_STATIC(keeper) int keeper_forget_lists(Mortal *mortal, int times);

#endif
