/*
 * boss.h - what makes a raider of kind BOSS different: for raider.c alone.
 *
 * Below half of its hit points it is enraged: faster, with wider fans of plasma and more scouts.
 */
#ifndef MOONBASE_BOSS_H
#define MOONBASE_BOSS_H

#include "raider.h"

/** The first scouts wait a while. */
void boss_build(Raider *self);

/** Where it wants to go: to its orbit, then round the dome. Pixels a second. */
Vec2 boss_wish(const Raider *self, const Actor *dome);

/** Fires towards `aim`, radians, and lets scouts go, each when it is time. */
void boss_attack(Raider *self, float aim, float dt);

#endif
