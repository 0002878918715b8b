/*
 * zoo/inventory.h - classes with metamethods: a list, a class derived from it, a map, and one that
 * can be reckoned with. Scripts open them and close them.
 */
#ifndef ZOO_INVENTORY_H
#define ZOO_INVENTORY_H

#include "moonpatch/annotate.h"
#include "moonpatch/object.h"

#include <stddef.h>
#include <stdint.h>

enum { BAG_SLOTS = 4 };

/** Something to carry. */
typedef struct MP_CLASS MP_OPAQUE Item {
    MpObject object;
    MP_READONLY int price;
} Item;

MP_STATIC(Item) Item *item_make(int price);
MP_STATIC(Item) void item_drop(Item *item);

/** Items in a row, counted from 1. */
typedef struct MP_CLASS Bag {
    MpObject object;
    MP_READONLY int count;
    MP_PROPERTY float weights[BAG_SLOTS];
    MP_PROPERTY int sizes[BAG_SLOTS];
    Item *items[BAG_SLOTS];
    char text[64];
} Bag;

MP_STATIC(Bag) Bag *bag_open(void);
MP_STATIC(Bag) void bag_close(Bag *bag);
MP_META(len) MP_METHOD int bag_size(const Bag *self);
/** NULL: there is no such item. */
MP_META(index) MP_METHOD Item *bag_at(const Bag *self, int number);
/** Puts an item in the place of another or after the last; false: there is no such place. */
MP_META(newindex) MP_METHOD bool bag_put(Bag *self, int number, MP_OPTIONAL Item *item);
MP_META(iterate)
MP_METHOD bool bag_next(const Bag *self, MP_INOUT int *cursor, MP_OUT Item **item);
MP_META(tostring) MP_METHOD const char *bag_title(Bag *self);
/** The price of all, times `times`, and how many there are. */
MP_META(call) MP_METHOD int bag_worth(const Bag *self, MP_DEFAULT(1) int times, MP_OUT int *count);
/** Two bags are equal that hold as many items. */
MP_META(eq) MP_METHOD bool bag_equals(const Bag *self, const Bag *other);
MP_META(lt) MP_METHOD bool bag_is_smaller(const Bag *self, const Bag *other);
/** Adds up. */
MP_METHOD float bag_total(const Bag *self, MP_COUNT(count) const float *weights, int count);
MP_LEAF float bag_leaf_total(const Bag *self, MP_COUNT(count) const float *weights, int count);
MP_METHOD double bag_sum(const Bag *self, const double numbers[BAG_SLOTS]);

/** Holds one item more than can be seen. */
typedef struct MP_CLASS Chest {
    Bag bag;
} Chest;

MP_STATIC(Chest) Chest *chest_open(void);
MP_METHOD int chest_size(const Chest *self);
/** Equal by price. */
MP_METHOD bool chest_equals(const Chest *self, const Bag *other);

enum { LEDGER_LINES = 4 };

/** Numbers under names. */
typedef struct MP_CLASS Ledger {
    MpObject object;
    MP_PROPERTY int year;
    int count;
    struct {
        char name[16];
        int value;
    } lines[LEDGER_LINES];
} Ledger;

MP_STATIC(Ledger) Ledger *ledger_open(void);
MP_STATIC(Ledger) void ledger_close(Ledger *ledger);
/** Hides the question that every class answers. */
MP_STATIC(Ledger) const char *ledger_is(void);
MP_META(len) MP_LEAF size_t ledger_count(const Ledger *self);
MP_META(index) MP_LEAF bool ledger_find(const Ledger *self, const char *name, MP_OUT int *value);
MP_META(newindex) MP_METHOD void ledger_enter(Ledger *self, const char *name, int value);
MP_META(iterate)
MP_LEAF bool ledger_next(const Ledger *self, MP_INOUT size_t *cursor, MP_OUT const char **name,
                         MP_OUT int *value);

/** A number of coins. */
typedef struct MP_CLASS Purse {
    MpObject object;
    MP_PROPERTY double coins;
    char text[32];
} Purse;

MP_STATIC(Purse) Purse *purse_open(double coins);
MP_STATIC(Purse) void purse_close(Purse *purse);
MP_META(add) MP_LEAF double purse_plus(const Purse *self, double other);
MP_META(sub) MP_METHOD double purse_minus(const Purse *self, const Purse *other);
MP_META(mul) MP_METHOD double purse_times(const Purse *self, double factor);
MP_META(div) MP_METHOD double purse_over(const Purse *self, double divisor);
MP_META(mod) MP_METHOD double purse_rest(const Purse *self, double divisor);
MP_META(pow) MP_METHOD double purse_power(const Purse *self, double exponent);
MP_META(unm) MP_METHOD double purse_debt(const Purse *self);
MP_META(concat) MP_METHOD const char *purse_label(Purse *self, const char *suffix);
MP_META(eq) MP_LEAF bool purse_equals(const Purse *self, const Purse *other);
MP_META(lt) MP_LEAF bool purse_is_less(const Purse *self, const Purse *other);
MP_META(le) MP_LEAF bool purse_is_at_most(const Purse *self, const Purse *other);
/** A coin for each whole number; read only. */
MP_META(index) MP_LEAF double purse_coin(const Purse *self, double number);

#endif
