/*
 * moonpatch/annotate.h - the words that declare a class to Moonpatch.
 *
 * They stand in ordinary C headers. The C compiler sees nothing of them; bindgen reads them and
 * generates the Lua binding, the patch slots, the editor's stubs and the API manifest.
 *
 *     // A foe that walks towards the player.
 *     typedef struct MP_CLASS Enemy {
 *         MpObject object;           // first member: identity (or the base class)
 *         MP_PROPERTY float x, y;    // scripts read and write
 *         MP_READONLY int hp;        // scripts read
 *     } Enemy;
 *
 *     MP_METHOD int enemy_damage(Enemy *self, int amount);     // Lua: enemy:damage(3)
 *     MP_LEAF float enemy_distance(const Enemy *self, Vec2 to);
 *
 *     int MP_NATIVE(enemy_damage)(Enemy *self, int amount) { ... }   // the body, in enemy.c
 *
 * The .c file includes the generated "enemy.gen.h" instead of "enemy.h": that adds the prototypes
 * of the MP_NATIVE bodies, so that a body which does not fit its declaration does not compile.
 * Everybody, C and Lua alike, calls enemy_damage(); the generated function of that name jumps
 * through the method's slot, and the slot holds the C body or a patch.
 *
 * Glossary
 *   class     a struct whose first member is an MpObject or a base class
 *   value     a small struct of scalars that is copied: vectors, colours, rectangles
 *   leaf      a function that never runs Lua and never calls a patchable function
 *   native    the C body behind a declared function
 *   level     a numbered state of what a module declares to scripts; what a released level has
 *             must stay as it is
 */
#ifndef MOONPATCH_ANNOTATE_H
#define MOONPATCH_ANNOTATE_H

#ifdef MP_BINDGEN
#define MP_ANNOTATION(text) __attribute__((annotate("moonpatch:" text)))
#else
#define MP_ANNOTATION(text)
#endif

/** Struct: scripts hold handles to it. Lua name: the C name without the module's prefix. */
#define MP_CLASS MP_ANNOTATION("class")
/** After MP_CLASS: on purpose without methods of its own, scripts only hold it and pass it on. */
#define MP_OPAQUE MP_ANNOTATION("opaque")
/**
 * After MP_CLASS: objects belong to C and to scripts together. They are counted, see
 * mp_object_hold(), and their MP_DESTRUCTOR runs when neither side holds them any more.
 */
#define MP_SHARED MP_ANNOTATION("shared")
/** Struct of bools, numbers, enums and other values: crosses by copy. For arrays, see MP_CLASS. */
#define MP_VALUE MP_ANNOTATION("value")
/**
 * Struct of optional settings: a function takes a `const Name *`, a script passes
 * `{ member = value }`. Members that the script leaves out have their MP_DEFAULT, or are zero.
 */
#define MP_OPTIONS MP_ANNOTATION("options")
/** Enum: scripts see native.Name.MEMBER, and may pass a member by its name. */
#define MP_ENUM MP_ANNOTATION("enum")
/** Enum of bits: scripts pass a member, a sum of members, or a list such as { "FAST", "SMALL" }. */
#define MP_FLAGS MP_ANNOTATION("flags")

/** Member of a class: scripts read and write it. */
#define MP_PROPERTY MP_ANNOTATION("property")
/** Member of a class: scripts read it. */
#define MP_READONLY MP_ANNOTATION("readonly")

/** Function `class_verb(Class *self, ...)`: a method. It may run Lua; Lua calls it through the C
 * API. */
#define MP_METHOD MP_ANNOTATION("method")
/**
 * A promise that may stand alone (a leaf method) or before MP_GETTER, MP_SETTER, MP_STATIC: the
 * body never runs Lua and never calls a function that can be patched. Lua calls it through the
 * FFI. The promise is checked at run time; breaking it is reported and costs speed, never a crash.
 */
#define MP_LEAF MP_ANNOTATION("leaf")
/**
 * Function `Class *class_new(...)`: scripts make objects with it, native.Class.new(...). Returns
 * NULL, or fails with an MpError, when it cannot. A table after its parameters, or after those that
 * must be given, sets properties.
 */
#define MP_CONSTRUCTOR MP_ANNOTATION("constructor")
/** Function `void class_destroy(Class *self)`: ends an object; scripts may call it. */
#define MP_DESTRUCTOR MP_ANNOTATION("destructor")
/**
 * Function `void class_happened(Class *self, ...)` without a body of yours: an event. C fires it by
 * calling it; scripts listen, object.happened:connect(f). Before MP_STATIC(owner): without an
 * object.
 */
#define MP_EVENT MP_ANNOTATION("event")
/** Function `class_get_name(const Class *self)`: reads as a property `name`. */
#define MP_GETTER MP_ANNOTATION("getter")
/** Function `class_set_name(Class *self, T name)`: writes a property `name`. */
#define MP_SETTER MP_ANNOTATION("setter")
/** Function `owner_verb(...)` without a self: native.Owner.verb(...). Owner is a class or a new
 * namespace. */
#define MP_STATIC(owner) MP_ANNOTATION("static:" #owner)

/**
 * Before MP_METHOD or a leaf method: Lua calls it for an operator as well. Events and their shapes:
 *   len, unm      `int bag_size(const Bag *self)`
 *   tostring      `const char *bag_title(const Bag *self)`
 *   add sub mul div mod pow concat
 *                 `T bag_plus(const Bag *self, T other)`; self is on the left
 *   eq lt le      `bool bag_equals(const Bag *self, const Bag *other)`
 *   call          any method
 *   index         `T bag_at(const Bag *self, K key)`, NULL: nothing there; or
 *                 `bool bag_find(const Bag *self, K key, MP_OUT T *value)`
 *   newindex      `void bag_put(Bag *self, K key, T value)`; or bool, false: no such key
 *   iterate       `bool bag_next(const Bag *self, MP_INOUT int *cursor, MP_OUT T *value)`:
 *                 pairs() starts at cursor 0, and gives cursor and value; or, with an MP_OUT key
 *                 before the value, key and value
 * Derived classes inherit it; a patch of the method is a patch of the operator.
 */
#define MP_META(event) MP_ANNOTATION("meta:" #event)

/**
 * `typedef MP_CALLBACK bool (*EnemyTest)(void *user, const Enemy *enemy);`: a function that
 * scripts pass to C. A function takes it as two parameters, `EnemyTest test, void *user`; scripts
 * see only the first. C may call it until the function that took it returns: it is lent.
 */
#define MP_CALLBACK MP_ANNOTATION("callback")

/**
 * On a class, after MP_CLASS: the host makes one object of it known as native.name, by
 * mp_vm_set_root(). For the editor's stubs and the reference; it makes nothing known by itself.
 */
#define MP_ROOT(name) MP_ANNOTATION("root:" #name)
/**
 * On anything that is declared to scripts, after its own word: the module has it from this API
 * level on. What does not say so has been there since level 1, or since its class.
 */
#define MP_SINCE(level) MP_ANNOTATION("since:" #level)
/** On a class, property or function: it will go. `advice` is a string that says what to use. */
#define MP_DEPRECATED(advice) MP_ANNOTATION("deprecated:" advice)

/* ---- parameters: each stands before the parameter it is about ---- */

/** `MP_DEFAULT(3) int amount`: what C gets when a script passes nil; a constant. */
#define MP_DEFAULT(constant) MP_ANNOTATION("default:" #constant)
/** `MP_OPTIONAL Enemy *target`: nil is allowed and comes as NULL. */
#define MP_OPTIONAL MP_ANNOTATION("optional")
/** `MP_OUT int *rest`: C writes it; scripts get it as a result, after the function's own. */
#define MP_OUT MP_ANNOTATION("out")
/** `MP_INOUT int *rest`: scripts pass it and get it back as a result. */
#define MP_INOUT MP_ANNOTATION("inout")
/**
 * `MP_KEEP HitHandler handler, void *user`: C keeps the callback and may call it until the same
 * function is called again for the same object, the object dies, or the VM closes. Once more with
 * NULL, declared `MP_KEEP MP_OPTIONAL`, C lets go of it.
 */
#define MP_KEEP MP_ANNOTATION("keep")
/** `MP_BYTES(length) const void *data, size_t length`: a string of any bytes. */
#define MP_BYTES(length) MP_ANNOTATION("bytes:" #length)
/**
 * `MP_COUNT(count) const float *values, int count`: a list. Before a function, together with
 * `MP_OUT int *count`: the result is a list, which is copied. Before a member, with a member
 * `count`: scripts read and write the elements in place.
 */
#define MP_COUNT(count) MP_ANNOTATION("count:" #count)

/** Names the C body of a declared function. */
#define MP_NATIVE(function) mp_native_##function

#endif
