/*
 * moonpatch/object.h - the identity of C objects.
 *
 * A class is a struct whose first member is an MpObject, or another class (its base). Registering
 * an object gives it a place in one process-wide object table; scripts hold {index, generation}
 * of that place and never a pointer, so a script's reference to a dead object is a clear error
 * and a reused place never answers for an old one.
 *
 *     Enemy *enemy = calloc(1, sizeof *enemy);
 *     mp_object_init(&enemy->object, &mp_class_Enemy);
 *     ...
 *     mp_object_finish(&enemy->object);
 *     free(enemy);
 *
 * Ownership: the memory of an object is always its owner's; the table only knows where it is.
 * An object must be finished before its memory is freed or moved.
 */
#ifndef MOONPATCH_OBJECT_H
#define MOONPATCH_OBJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** What bindgen knows of a class; defined as `mp_class_<Name>` by the generated code. */
typedef struct MpClass MpClass;

/** First member of every class. Zero means "not registered". The fields are the bridge's. */
typedef struct MpObject {
    uint32_t index;      /**< Place in the object table; 0: not registered. */
    uint32_t generation; /**< Which tenant of that place this is. */
    const MpClass *class_of;
} MpObject;

/** Most objects that can be alive at once. */
enum { MP_OBJECT_LIMIT = 1 << 24 };

/**
 * Registers an object, so that scripts can hold it.
 * `object` must not be registered already; `class_of` is its most derived class.
 * Errors: false when MP_OBJECT_LIMIT objects are alive; the object then stays unregistered and
 * pushes as nil.
 * Thread: any, one at a time per object.
 */
bool mp_object_init(MpObject *object, const MpClass *class_of);

/**
 * Takes an object out of the table: every handle to it is stale from here on.
 * Takes NULL and objects that are not registered. Fields that Lua attached are dropped at the
 * next mp_vm_step().
 * Thread: any, one at a time per object.
 */
void mp_object_finish(MpObject *object);

/**
 * Holds an object of an MP_SHARED class: it lives until mp_object_release() was called as often.
 * A new object is held once, by whoever called its constructor; a script's handle holds it as well.
 * Does nothing for NULL and for objects of other classes, which belong to C alone.
 * Thread: any.
 */
void mp_object_hold(MpObject *object);

/**
 * Lets go of an object of an MP_SHARED class; the last one to do so runs its destructor, in this
 * thread. Does nothing for NULL and for objects of other classes.
 * Thread: any.
 */
void mp_object_release(MpObject *object);

/** Whether the object is an instance of `class_of` or of a class derived from it. Takes NULL. */
bool mp_object_is(const MpObject *object, const MpClass *class_of);

/** How many objects are registered now. Thread: any. */
size_t mp_object_count(void);

/** The Lua name of the object's class; a static string. */
const char *mp_object_class_name(const MpObject *object);

#endif
