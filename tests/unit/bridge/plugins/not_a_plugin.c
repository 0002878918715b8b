/* not_a_plugin.c - a shared library without a descriptor, linked to one that has one. */
#include "turret.h"

int not_a_plugin(void);
int not_a_plugin(void) { return armoury_stock(); }
