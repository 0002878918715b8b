/* Every fault that bindgen finds in one header, once. See faults.expected. */
#include "moonpatch/annotate.h"
#include "moonpatch/error.h"
#include "moonpatch/object.h"

#include <stdint.h>

struct Plain {
    int x;
};

typedef enum Hidden { HIDDEN_A } Hidden;

typedef struct MP_CLASS Good {
    MpObject object;
    MP_PROPERTY long double large;
    MP_PROPERTY const char *name;
    MP_PROPERTY int bits : 3;
    MP_PROPERTY char letter;
    MP_READONLY int numbers[4];
    MP_PROPERTY Hidden hidden;
    MP_PROPERTY struct Plain plain;
} Good;

typedef struct MP_CLASS Rootless {
    int x;
} Rootless;

typedef struct MP_VALUE Nested {
    Good *good;
    float x;
} Nested;

MP_METHOD void good_take(Good *self, struct Plain *plain);
MP_METHOD void good_take_pointer(Good *self, int *numbers);
MP_METHOD void good_take_long(Good *self, long number);
MP_METHOD void good_take_copy(Good *self, Good other);
MP_METHOD void good_call(Good *self, void (*callback)(int));
MP_METHOD void good_print(Good *self, const char *format, ...);
MP_METHOD void good_nameless(Good *self, int);
MP_METHOD struct Plain good_plain(Good *self);
MP_METHOD void free_function(int x);
MP_METHOD void bad_prefix(Good *self);
MP_LEAF void good_fails(Good *self, MpError *error);
MP_GETTER int good_get_pair(const Good *self, int index);
MP_SETTER int good_set_pair(Good *self, int index);
MP_STATIC(Good) void goods_count(void);

typedef struct MP_VALUE Row {
    float cells[4];
} Row;

typedef struct MP_OPTIONS Choice {
    int *pointer;
    MP_DEFAULT(1.5) int number;
} Choice;

typedef struct MP_CLASS Lists {
    MpObject object;
    MP_PROPERTY MP_COUNT(missing) float *values;
    MP_PROPERTY Good *goods[2];
} Lists;

MP_METHOD void lists_value_pointer(Lists *self, const Row *row);
MP_METHOD void lists_options_by_value(Lists *self, Choice choice);
MP_METHOD void lists_uncounted(Lists *self, MP_COUNT(count) const float *values);
MP_METHOD void lists_written(Lists *self, MP_COUNT(count) float *values, int count);
MP_METHOD void lists_bytes(Lists *self, MP_BYTES(length) const int *data, int length);
MP_METHOD void lists_out(Lists *self, MP_OUT int number);
MP_METHOD void lists_default(Lists *self, MP_DEFAULT(300) uint8_t number);
MP_METHOD void lists_default_wide(Lists *self, MP_DEFAULT(9223372036854775808) int64_t number);
MP_METHOD void lists_default_sign(Lists *self, MP_DEFAULT(-1) uint64_t number);
MP_METHOD void lists_default_least(Lists *self, MP_DEFAULT(-9223372036854775808) int64_t number);
MP_METHOD void lists_default_object(Lists *self, MP_DEFAULT(NULL) Good *good);
MP_METHOD void lists_optional(Lists *self, MP_OPTIONAL int number);
MP_LEAF MP_COUNT(count) const int *lists_leaf(Lists *self, MP_OUT int *count);
MP_METHOD MP_COUNT(count) const int *lists_not_counted(Lists *self, int count);

/* Words where they have no effect. */
MP_CLASS typedef struct Late {
    MpObject object;
} Late;
struct Members {
    MP_PROPERTY int x;
};
struct MP_OPAQUE Opaque {
    MpObject object;
};
MP_ENUM MP_VALUE void good_many(Good *self);
MP_METHOD extern int good_number;
void good_plain_out(MP_OUT int *number);
MP_META(size) MP_METHOD int good_event(const Good *self);
MP_META(len) MP_STATIC(Good) int good_static(void);
MP_META(add) MP_METHOD int good_failing(const Good *self, int other, MpError *error);
MP_META(len) MP_METHOD float good_len(const Good *self);
MP_META(unm) MP_METHOD void good_unm(const Good *self);
MP_META(tostring) MP_METHOD int good_tostring(const Good *self);
MP_META(add) MP_METHOD int good_add(const Good *self);
MP_META(eq) MP_METHOD int good_eq(const Good *self, const Good *other);
MP_META(lt) MP_METHOD bool good_lt(const Good *self, int other);
MP_META(index) MP_METHOD int good_index(const Good *self, int x, int y);
MP_META(index) MP_METHOD int good_index_list(const Good *self, const int key[2]);
MP_META(newindex) MP_METHOD int good_newindex(Good *self, int key, int value);
MP_META(iterate) MP_METHOD bool good_iterate(const Good *self, MP_OUT int *value);
MP_META(iterate) MP_METHOD bool good_fractions(const Good *self, MP_INOUT float *cursor, MP_OUT int *value);
MP_META(call) MP_EVENT void good_told(Good *self);

/* Callbacks. */
typedef MP_CALLBACK int (*Test)(void *user, const Good *good);
typedef MP_CALLBACK int (*NoUser)(int number);
typedef MP_CALLBACK int NoFunction;
typedef MP_CALLBACK int (*Inner)(void *user, Test test, void *test_user);
typedef MP_CALLBACK int (*Nameless)(void *user, int);

typedef struct MP_CLASS Asker {
    MpObject object;
    MP_READONLY Test test;
} Asker;

MP_METHOD void asker_no_user(Asker *self, Test test);
MP_METHOD void asker_other_user(Asker *self, Test test, int user);
MP_METHOD void asker_const_user(Asker *self, Test test, const void *user);
MP_LEAF void asker_leaf(Asker *self, Test test, void *user);
MP_METHOD void asker_keep(Asker *self, MP_KEEP int number);
MP_METHOD Test asker_result(Asker *self);
MP_METHOD void asker_default(Asker *self, MP_DEFAULT(NULL) Test test, void *user);
MP_CONSTRUCTOR Asker *asker_new(MP_KEEP Test test, void *user);

#include "moonpatch/arguments.h"

MP_METHOD void asker_middle(Asker *self, MpArguments *arguments, int number);
MP_LEAF void asker_leaf_rest(Asker *self, MpArguments *arguments);
MP_SETTER void asker_set_name(Asker *self, const char *name, MpArguments *arguments);
MP_CONSTRUCTOR Asker *asker_new_with(MpArguments *arguments);
MP_META(add) MP_METHOD int asker_add(Asker *self, int other, MpArguments *arguments);

typedef union MP_VALUE Either {
    int number;
    float fraction;
} Either;

typedef struct MP_VALUE Nothing {
} Nothing;
typedef struct MP_OPTIONS NoChoice {
} NoChoice;

typedef enum MP_ENUM Wide { WIDE_TOO = 0xffffffffffLL } Wide;

typedef struct MP_CLASS Holder {
    MpObject object;
    MP_PROPERTY Either either;
} Holder;

/* Marks of what is not declared to scripts. */
typedef struct MP_SINCE(2) MP_ROOT(unmarked) Unmarked {
    int x;
} Unmarked;
typedef struct MP_CLASS MP_OPAQUE Half {
    MpObject object;
    MP_SINCE(2) int hidden;
} Half;
MP_METHOD void good_do(Good *self) { (void)self; }

/* Words of Lua's, as names of what scripts write after a dot. */
typedef struct MP_VALUE repeat {
    int x;
} repeat;
MP_STATIC(end) void end_it(void);
MP_METHOD void good_again(Good *self);
MP_METHOD void good_again(Good *self);
MP_METHOD void good_fail_first(Good *self, MpError *error, int number);
typedef struct MP_VALUE Packed {
    int low : 3;
} Packed;
