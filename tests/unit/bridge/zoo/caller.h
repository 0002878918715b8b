/*
 * zoo/caller.h - functions that cross: callbacks lent for one call, and callbacks that C keeps.
 */
#ifndef ZOO_CALLER_H
#define ZOO_CALLER_H

#include "crate.h"
#include "moonpatch/arguments.h"

/** Which animals are meant. */
typedef MP_CALLBACK bool (*AnimalTest)(void *user, const Animal *animal);
/** A step from somewhere. */
typedef MP_CALLBACK Vec2 (*Mover)(void *user, Vec2 from);
typedef MP_CALLBACK int64_t (*Adder)(void *user, int64_t a, uint64_t b);
typedef MP_CALLBACK const char *(*Namer)(void *user, int number);
typedef MP_CALLBACK Animal *(*Chooser)(void *user, MP_COUNT(count) Animal *const *animals,
                                       int count);
typedef MP_CALLBACK MP_COUNT(count) const int *(*Lister)(void *user, int last, MP_OUT int *count);
typedef MP_CALLBACK int (*Divider)(void *user, int number, int by, MP_OUT int *rest,
                                   MpError *error);
/** All kinds of parameters in one. */
typedef MP_CALLBACK double (*Mixer)(void *user, bool a, int8_t b, uint32_t c, float d, Mood e,
                                    Label f, const char *g, MP_BYTES(length) const void *h,
                                    size_t length, Box i, const int j[3], const Filling *k,
                                    MP_INOUT Vec2 *place, MP_OUT Mood *mood);
/** Hears what is said. */
typedef MP_CALLBACK void (*Listener)(void *user, const char *what);
/* The same once more each: a type is reported once for each reason. */
typedef MP_CALLBACK int (*LentLate)(void *user, int number);
typedef MP_CALLBACK int (*KeptLate)(void *user, int number);
typedef MP_CALLBACK int (*FromThread)(void *user, int number);
typedef MP_CALLBACK int (*FromLeaf)(void *user, int number);

/** Somebody who calls others. */
typedef struct MP_CLASS Caller {
    MpObject object;
    Listener listener;
    void *listener_user;
    Namer namer;
    void *namer_user;
    KeptLate kept;
    void *kept_user;
    FromLeaf from_leaf;
    void *from_leaf_user;
    LentLate stolen;
    void *stolen_user;
} Caller;

/** How many of the animals pass the test. */
MP_METHOD int caller_count(Caller *self, MP_COUNT(count) Animal *const *animals, int count,
                           AnimalTest test, void *user);
/** C counts the animals with more than `hp` hit points, by a function of its own. */
MP_METHOD int caller_count_strong(Caller *self, MP_COUNT(count) Animal *const *animals, int count,
                                  int hp);
MP_METHOD Vec2 caller_move(Caller *self, Vec2 from, Mover mover, void *mover_user,
                           MP_OPTIONAL Mover second, void *second_user);
MP_METHOD int64_t caller_add(Caller *self, int64_t a, uint64_t b, Adder adder, void *user);
MP_METHOD const char *caller_name(Caller *self, int number, Namer namer, void *user);
MP_METHOD Animal *caller_choose(Caller *self, MP_COUNT(count) Animal *const *animals, int count,
                                Chooser chooser, void *user);
/** The sum of the list. */
MP_METHOD int caller_list(Caller *self, int last, Lister lister, void *user);
/** Passes on the quotient, the rest and the failure. */
MP_METHOD int caller_divide(Caller *self, int number, int by, Divider divider, void *user,
                            MP_OUT int *rest, MpError *error);
/** Calls it with one of everything; `place` and `mood` are what it wrote. */
MP_METHOD double caller_mix(Caller *self, Mixer mixer, void *user, MP_OUT Vec2 *place,
                            MP_OUT Mood *mood);
/** The same with functions of C, which do what specs expect of theirs. */
MP_METHOD double caller_call_all(Caller *self, Animal *animal);

MP_METHOD void caller_listen(Caller *self, MP_KEEP MP_OPTIONAL Listener listener, void *user);
/** C listens itself: what it hears is in `heard`. */
MP_METHOD void caller_listen_in_c(Caller *self, int which);
/** Tells the listener; false: there is none. */
MP_METHOD bool caller_tell(Caller *self, const char *what);
/** The identity of what is kept; C compares it so. */
MP_METHOD bool caller_keeps(Caller *self, MP_KEEP Listener listener, void *user);
/** Fails for numbers below 0, and then keeps what it kept. */
MP_METHOD void caller_risk(Caller *self, int number, MP_KEEP KeptLate late, void *user,
                           MpError *error);
MP_METHOD int caller_call_kept(Caller *self, int number);
MP_SETTER void caller_set_namer(Caller *self, MP_KEEP MP_OPTIONAL Namer namer, void *user);
MP_METHOD const char *caller_call_namer(Caller *self, int number);

/** Keeps what is only lent. */
MP_METHOD void caller_steal(Caller *self, LentLate late, void *user);
MP_METHOD int caller_call_stolen(Caller *self, int number);

MP_METHOD void caller_trust(Caller *self, MP_KEEP MP_OPTIONAL FromLeaf callback, void *user);
/** Says that it is a leaf, and calls what it keeps. */
MP_LEAF int caller_lie(Caller *self, int number);

/** Calls it in another thread. */
MP_METHOD int caller_call_in_thread(Caller *self, int number, FromThread callback, void *user);

/** Whoever listens may ask for names meanwhile. */
MP_EVENT void caller_asked(Caller *self, Namer namer, void *user);

/** Kept by nobody in particular. */
MP_STATIC(post) void post_subscribe(MP_KEEP MP_OPTIONAL Listener listener, void *user);
MP_STATIC(post) bool post_send(const char *what);

/** Any number of values: what they are and hold, as text. */
MP_METHOD const char *caller_describe(Caller *self, const char *start, MpArguments *arguments);
/** A list of C's own. */
MP_METHOD const char *caller_describe_own(Caller *self, Animal *animal);
/** Every argument is of the type that its letter names: n i l u b s S (any bytes) A (Animal). */
MP_METHOD int64_t caller_check(Caller *self, const char *letters, MpArguments *arguments);
/** Fails for no arguments; then `at` times their number. */
MP_METHOD Vec2 caller_scale(Caller *self, Vec2 at, MP_OUT int *count, MpArguments *arguments,
                            MpError *error);
/** Keeps the listener unless the first argument is no number. */
MP_METHOD void caller_listen_with(Caller *self, MP_KEEP Listener listener, void *user,
                                  MpArguments *arguments);
/** Calls it with what it got. */
typedef MP_CALLBACK int (*Receiver)(void *user, int number, MpArguments *arguments);
MP_METHOD int caller_pass_on(Caller *self, Receiver receiver, void *user, MpArguments *arguments);
MP_STATIC(post) int post_count(MpArguments *arguments);

/** What functions of C heard last. */
extern char caller_heard[64];

#endif
