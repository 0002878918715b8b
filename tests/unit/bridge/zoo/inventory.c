#include "inventory.gen.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- items -------------------------------------------------------------------------------- */

Item *MP_NATIVE(item_make)(int price)
{
    Item *self = calloc(1, sizeof *self);
    self->price = price;
    mp_object_init(&self->object, &mp_class_Item);
    return self;
}

void MP_NATIVE(item_drop)(Item *item)
{
    mp_object_finish(&item->object);
    free(item);
}

/* ---- bags --------------------------------------------------------------------------------- */

static void *open_bag(size_t size, const MpClass *class_of)
{
    Bag *self = calloc(1, size);
    mp_object_init(&self->object, class_of);
    return self;
}

Bag *MP_NATIVE(bag_open)(void) { return open_bag(sizeof(Bag), &mp_class_Bag); }

void MP_NATIVE(bag_close)(Bag *bag)
{
    mp_object_finish(&bag->object);
    free(bag);
}

int MP_NATIVE(bag_size)(const Bag *self) { return self->count; }

Item *MP_NATIVE(bag_at)(const Bag *self, int number)
{
    return number >= 1 && number <= self->count ? self->items[number - 1] : NULL;
}

bool MP_NATIVE(bag_put)(Bag *self, int number, Item *item)
{
    if (number < 1 || number > self->count + 1 || number > BAG_SLOTS)
        return false;
    self->items[number - 1] = item;
    if (number > self->count)
        self->count = number;
    return true;
}

bool MP_NATIVE(bag_next)(const Bag *self, int *cursor, Item **item)
{
    if (*cursor >= self->count)
        return false;
    *item = self->items[(*cursor)++];
    return true;
}

static int price_of(const Bag *self)
{
    int sum = 0;
    for (int i = 0; i < self->count; i++)
        sum += self->items[i] ? self->items[i]->price : 0;
    return sum;
}

const char *MP_NATIVE(bag_title)(Bag *self)
{
    snprintf(self->text, sizeof self->text, "bag of %d", self->count);
    return self->count ? self->text : NULL;
}

int MP_NATIVE(bag_worth)(const Bag *self, int times, int *count)
{
    *count = self->count;
    return price_of(self) * times;
}

bool MP_NATIVE(bag_equals)(const Bag *self, const Bag *other)
{
    return self->count == other->count;
}

bool MP_NATIVE(bag_is_smaller)(const Bag *self, const Bag *other)
{
    return self->count < other->count;
}

float MP_NATIVE(bag_total)(const Bag *self, const float *weights, int count)
{
    (void)self;
    float sum = 0;
    for (int i = 0; i < count; i++)
        sum += weights[i];
    return sum;
}

float MP_NATIVE(bag_leaf_total)(const Bag *self, const float *weights, int count)
{
    return MP_NATIVE(bag_total)(self, weights, count);
}

double MP_NATIVE(bag_sum)(const Bag *self, const double numbers[BAG_SLOTS])
{
    (void)self;
    return numbers[0] + numbers[1] + numbers[2] + numbers[3];
}

Chest *MP_NATIVE(chest_open)(void) { return open_bag(sizeof(Chest), &mp_class_Chest); }

int MP_NATIVE(chest_size)(const Chest *self) { return self->bag.count + 1; }

bool MP_NATIVE(chest_equals)(const Chest *self, const Bag *other)
{
    return price_of(&self->bag) == price_of(other);
}

/* ---- ledgers ------------------------------------------------------------------------------ */

Ledger *MP_NATIVE(ledger_open)(void)
{
    Ledger *self = calloc(1, sizeof *self);
    mp_object_init(&self->object, &mp_class_Ledger);
    return self;
}

void MP_NATIVE(ledger_close)(Ledger *ledger)
{
    mp_object_finish(&ledger->object);
    free(ledger);
}

const char *MP_NATIVE(ledger_is)(void) { return "a book"; }

static int find_line(const Ledger *self, const char *name)
{
    int line = 0;
    while (line < self->count && strcmp(self->lines[line].name, name) != 0)
        line++;
    return line;
}

size_t MP_NATIVE(ledger_count)(const Ledger *self) { return (size_t)self->count; }

bool MP_NATIVE(ledger_find)(const Ledger *self, const char *name, int *value)
{
    int line = find_line(self, name);
    if (line < self->count)
        *value = self->lines[line].value;
    return line < self->count;
}

void MP_NATIVE(ledger_enter)(Ledger *self, const char *name, int value)
{
    int line = find_line(self, name);
    if (line == LEDGER_LINES)
        return;
    snprintf(self->lines[line].name, sizeof self->lines[line].name, "%s", name);
    self->lines[line].value = value;
    if (line == self->count)
        self->count++;
}

bool MP_NATIVE(ledger_next)(const Ledger *self, size_t *cursor, const char **name, int *value)
{
    if (*cursor >= (size_t)self->count)
        return false;
    *name = self->lines[*cursor].name;
    *value = self->lines[*cursor].value;
    ++*cursor;
    return true;
}

/* ---- purses ------------------------------------------------------------------------------- */

Purse *MP_NATIVE(purse_open)(double coins)
{
    Purse *self = calloc(1, sizeof *self);
    self->coins = coins;
    mp_object_init(&self->object, &mp_class_Purse);
    return self;
}

void MP_NATIVE(purse_close)(Purse *purse)
{
    mp_object_finish(&purse->object);
    free(purse);
}

double MP_NATIVE(purse_plus)(const Purse *self, double other) { return self->coins + other; }

double MP_NATIVE(purse_minus)(const Purse *self, const Purse *other)
{
    return self->coins - other->coins;
}

double MP_NATIVE(purse_times)(const Purse *self, double factor) { return self->coins * factor; }

double MP_NATIVE(purse_over)(const Purse *self, double divisor) { return self->coins / divisor; }

double MP_NATIVE(purse_rest)(const Purse *self, double divisor)
{
    return fmod(self->coins, divisor);
}

double MP_NATIVE(purse_power)(const Purse *self, double exponent)
{
    return pow(self->coins, exponent);
}

double MP_NATIVE(purse_debt)(const Purse *self) { return -self->coins; }

const char *MP_NATIVE(purse_label)(Purse *self, const char *suffix)
{
    snprintf(self->text, sizeof self->text, "%g%s", self->coins, suffix);
    return self->text;
}

bool MP_NATIVE(purse_equals)(const Purse *self, const Purse *other)
{
    return self->coins >= other->coins && self->coins <= other->coins;
}

bool MP_NATIVE(purse_is_less)(const Purse *self, const Purse *other)
{
    return self->coins < other->coins;
}

bool MP_NATIVE(purse_is_at_most)(const Purse *self, const Purse *other)
{
    return self->coins <= other->coins;
}

double MP_NATIVE(purse_coin)(const Purse *self, double number)
{
    return number <= self->coins ? 1 : 0;
}
