#include "caller.gen.h"

#include "animal.gen.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

char caller_heard[64];

/* ---- lent --------------------------------------------------------------------------------- */

int MP_NATIVE(caller_count)(Caller *self, Animal *const *animals, int count, AnimalTest test,
                            void *user)
{
    (void)self;
    int passed = 0;
    for (int i = 0; i < count; i++)
        passed += test(user, animals[i]);
    return passed;
}

static bool is_strong(void *user, const Animal *animal) { return animal->hp > *(int *)user; }

int MP_NATIVE(caller_count_strong)(Caller *self, Animal *const *animals, int count, int hp)
{
    return caller_count(self, animals, count, is_strong, &hp);
}

Vec2 MP_NATIVE(caller_move)(Caller *self, Vec2 from, Mover mover, void *mover_user, Mover second,
                            void *second_user)
{
    (void)self;
    Vec2 to = mover(mover_user, from);
    return second ? second(second_user, to) : to;
}

int64_t MP_NATIVE(caller_add)(Caller *self, int64_t a, uint64_t b, Adder adder, void *user)
{
    (void)self;
    return adder(user, a, b);
}

const char *MP_NATIVE(caller_name)(Caller *self, int number, Namer namer, void *user)
{
    (void)self;
    return namer(user, number);
}

Animal *MP_NATIVE(caller_choose)(Caller *self, Animal *const *animals, int count, Chooser chooser,
                                 void *user)
{
    (void)self;
    return chooser(user, animals, count);
}

int MP_NATIVE(caller_list)(Caller *self, int last, Lister lister, void *user)
{
    (void)self;
    int count = -1, sum = 0;
    const int *numbers = lister(user, last, &count);
    for (int i = 0; i < count; i++)
        sum += numbers[i];
    return count < 0 ? -1 : sum;
}

int MP_NATIVE(caller_divide)(Caller *self, int number, int by, Divider divider, void *user,
                             int *rest, MpError *error)
{
    (void)self;
    return divider(user, number, by, rest, error);
}

double MP_NATIVE(caller_mix)(Caller *self, Mixer mixer, void *user, Vec2 *place, Mood *mood)
{
    (void)self;
    *place = (Vec2){1, 2};
    *mood = MOOD_CALM;
    Box box = {.min = {1, 2}, .max = {3, 4}, .mood = MOOD_HUNGRY, .serial = 1LL << 60};
    Filling filling = {.count = 7, .what = "nuts", .weights = {0.5F, 1}};
    return mixer(user, true, -128, 4000000000U, 0.5F, MOOD_ANGRY, LABEL_HEAVY, "text", "a\0b", 3,
                 box, (const int[]){4, 5, 6}, &filling, place, mood);
}

/* ---- by functions of C -------------------------------------------------------------------- */

static Vec2 step_east(void *user, Vec2 from) { return (Vec2){from.x + *(float *)user, from.y}; }

static int64_t add(void *user, int64_t a, uint64_t b) { return *(int64_t *)user + a + (int64_t)b; }

static const char *name(void *user, int number) { return number > 0 ? user : NULL; }

static Animal *choose_last(void *user, Animal *const *animals, int count)
{
    *(int *)user += count;
    return animals[count - 1];
}

static const int *list(void *user, int last, int *count)
{
    *count = last;
    return user;
}

static int divide(void *user, int number, int by, int *rest, MpError *error)
{
    (void)user;
    if (!by) {
        mp_error_set(error, MP_LIMIT, "division by zero");
        return 0;
    }
    *rest = number % by;
    return number / by;
}

static double mix(void *user, bool a, int8_t b, uint32_t c, float d, Mood e, Label f, const char *g,
                  const void *h, size_t length, Box i, const int j[3], const Filling *k,
                  Vec2 *place, Mood *mood)
{
    bool good = a && b == -128 && c == 4000000000U && e == MOOD_ANGRY && f == LABEL_HEAVY &&
                strcmp(g, "text") == 0 && length == 3 && memcmp(h, "a\0b", 3) == 0 &&
                i.serial == 1LL << 60 && j[2] == 6 && strcmp(k->what, "nuts") == 0;
    *place = (Vec2){place->x + i.max.x, place->y + i.max.y};
    *mood = MOOD_HUNGRY;
    return good ? *(double *)user + (double)d : -1;
}

double MP_NATIVE(caller_call_all)(Caller *self, Animal *animal)
{
    float step = 2;
    int64_t base = 1LL << 53;
    char text[] = "Leo";
    int seen = 0, numbers[] = {1, 2, 3}, rest = 0;
    double ten = 10;
    Vec2 place;
    Mood mood;
    MpError error = {.status = MP_OK};
    double sum = 0;
    sum += (double)caller_move(self, (Vec2){1, 1}, step_east, &step, step_east, &step).x; /* 5 */
    sum += (double)caller_move(self, (Vec2){1, 1}, step_east, &step, NULL, NULL).x;       /* 3 */
    sum += (double)(caller_add(self, 1, 2, add, &base) - base);                           /* 3 */
    sum += strcmp(caller_name(self, 1, name, text), "Leo") == 0 ? 100 : 0;
    sum += caller_name(self, 0, name, text) == NULL ? 100 : 0;
    sum += caller_choose(self, &animal, 1, choose_last, &seen) == animal ? 1000 * seen : 0;
    sum += caller_list(self, 3, list, numbers);                             /* 6 */
    sum += caller_divide(self, 17, 5, divide, NULL, &rest, &error) * 10000; /* 30000 */
    sum += rest * 100000;                                                   /* 200000 */
    caller_divide(self, 17, 0, divide, NULL, &rest, &error);
    sum += strcmp(error.message, "division by zero") == 0 ? 1000000 : 0;
    sum += caller_mix(self, mix, &ten, &place, &mood); /* 10.5 */
    return place.x == 4 && place.y == 6 && mood == MOOD_HUNGRY ? sum : -sum;
}

/* ---- kept --------------------------------------------------------------------------------- */

void MP_NATIVE(caller_listen)(Caller *self, Listener listener, void *user)
{
    self->listener = listener;
    self->listener_user = user;
}

static void hear(void *user, const char *what)
{
    snprintf(caller_heard, sizeof caller_heard, "%s: %s", (const char *)user, what);
}

void MP_NATIVE(caller_listen_in_c)(Caller *self, int which)
{
    static char names[][4] = {"one", "two"};
    bool known = which == 1 || which == 2;
    caller_listen(self, known ? hear : NULL, known ? names[which - 1] : NULL);
}

bool MP_NATIVE(caller_tell)(Caller *self, const char *what)
{
    if (self->listener)
        self->listener(self->listener_user, what);
    return self->listener != NULL;
}

bool MP_NATIVE(caller_keeps)(Caller *self, Listener listener, void *user)
{
    bool same = self->listener == listener && self->listener_user == user;
    self->listener = listener;
    self->listener_user = user;
    return same;
}

void MP_NATIVE(caller_risk)(Caller *self, int number, KeptLate late, void *user, MpError *error)
{
    if (number < 0) {
        mp_error_set(error, MP_REFUSED, "below 0");
        return;
    }
    self->kept = late;
    self->kept_user = user;
}

int MP_NATIVE(caller_call_kept)(Caller *self, int number)
{
    return self->kept ? self->kept(self->kept_user, number) : 0;
}

void MP_NATIVE(caller_set_namer)(Caller *self, Namer namer, void *user)
{
    self->namer = namer;
    self->namer_user = user;
}

const char *MP_NATIVE(caller_call_namer)(Caller *self, int number)
{
    return self->namer ? self->namer(self->namer_user, number) : "nobody";
}

void MP_NATIVE(caller_steal)(Caller *self, LentLate late, void *user)
{
    self->stolen = late;
    self->stolen_user = user;
}

int MP_NATIVE(caller_call_stolen)(Caller *self, int number)
{
    return self->stolen ? self->stolen(self->stolen_user, number) : 0;
}

/* ---- where Lua must not be entered -------------------------------------------------------- */

void MP_NATIVE(caller_trust)(Caller *self, FromLeaf callback, void *user)
{
    self->from_leaf = callback;
    self->from_leaf_user = user;
}

int MP_NATIVE(caller_lie)(Caller *self, int number)
{
    return self->from_leaf ? self->from_leaf(self->from_leaf_user, number) : 0;
}

typedef struct Errand {
    FromThread callback;
    void *user;
    int number;
} Errand;

static void *run(void *data)
{
    Errand *errand = data;
    errand->number = errand->callback(errand->user, errand->number);
    return NULL;
}

int MP_NATIVE(caller_call_in_thread)(Caller *self, int number, FromThread callback, void *user)
{
    (void)self;
    pthread_t thread;
    Errand errand = {.callback = callback, .user = user, .number = number};
    if (pthread_create(&thread, NULL, run, &errand) != 0 || pthread_join(thread, NULL) != 0)
        return -1;
    return errand.number;
}

static Listener subscriber;
static void *subscriber_user;

void MP_NATIVE(post_subscribe)(Listener listener, void *user)
{
    subscriber = listener;
    subscriber_user = user;
}

bool MP_NATIVE(post_send)(const char *what)
{
    if (subscriber)
        subscriber(subscriber_user, what);
    return subscriber != NULL;
}

/* ---- any number of arguments -------------------------------------------------------------- */

static void append(char *text, size_t size, const MpArguments *arguments, int index)
{
    const MpArgument *argument = &arguments->list[index - 1];
    size_t length = strlen(text);
    char *end = text + length;
    size_t room = size - length;
    switch (mp_arguments_type(arguments, index)) {
    case MP_ARGUMENT_NIL:
        snprintf(end, room, " nil");
        break;
    case MP_ARGUMENT_BOOL:
        snprintf(end, room, argument->boolean ? " true" : " false");
        break;
    case MP_ARGUMENT_NUMBER:
        snprintf(end, room, " %g", argument->number);
        break;
    case MP_ARGUMENT_INT64:
        snprintf(end, room, " %lldLL", (long long)argument->int64);
        break;
    case MP_ARGUMENT_UINT64:
        snprintf(end, room, " %lluULL", (unsigned long long)argument->uint64);
        break;
    case MP_ARGUMENT_STRING:
        snprintf(end, room, " '%s'%zu", argument->string, argument->length);
        break;
    case MP_ARGUMENT_OBJECT:
        snprintf(end, room, " %s", mp_object_class_name(argument->object));
        break;
    case MP_ARGUMENT_OTHER:
        snprintf(end, room, " <%s>", argument->string);
        break;
    }
}

const char *MP_NATIVE(caller_describe)(Caller *self, const char *start, MpArguments *arguments)
{
    static char text[512];
    (void)self;
    snprintf(text, sizeof text, "%s", start);
    for (int i = 1; i <= arguments->count; i++)
        append(text, sizeof text, arguments, i);
    return text;
}

const char *MP_NATIVE(caller_describe_own)(Caller *self, Animal *animal)
{
    return caller_describe(
        self, "own:",
        MP_ARGUMENTS(mp_argument_number(1.5), mp_argument_bool(true), mp_argument_string("text"),
                     mp_argument_string(NULL), mp_argument_int64(INT64_MIN),
                     mp_argument_uint64(UINT64_MAX), mp_argument_object(&animal->object),
                     mp_argument_object(NULL)));
}

static int64_t check(char letter, MpArguments *arguments, int index)
{
    double number = 0;
    int integer = 0;
    int64_t wide = 0;
    uint64_t natural = 0;
    bool flag = false;
    size_t length = 0;
    switch (letter) {
    case 'n':
        return mp_arguments_number(arguments, index, &number) ? (int64_t)number : 0;
    case 'i':
        return mp_arguments_int(arguments, index, &integer) ? integer : 0;
    case 'l':
        return mp_arguments_int64(arguments, index, &wide) ? wide : 0;
    case 'u':
        return mp_arguments_uint64(arguments, index, &natural) ? (int64_t)natural : 0;
    case 'b':
        return mp_arguments_bool(arguments, index, &flag) ? flag : 0;
    case 's':
        return mp_arguments_string(arguments, index, NULL) ? 1 : 0;
    case 'S':
        return mp_arguments_string(arguments, index, &length) ? (int64_t)length : 0;
    default:
        return mp_arguments_object(arguments, index, &mp_class_Animal) ? 1 : 0;
    }
}

int64_t MP_NATIVE(caller_check)(Caller *self, const char *letters, MpArguments *arguments)
{
    (void)self;
    int64_t sum = 0;
    for (int i = 0; letters[i]; i++)
        sum += check(letters[i], arguments, i + 1);
    return sum;
}

Vec2 MP_NATIVE(caller_scale)(Caller *self, Vec2 at, int *count, MpArguments *arguments,
                             MpError *error)
{
    (void)self;
    *count = arguments->count;
    if (!arguments->count)
        mp_error_set(error, MP_REFUSED, "nothing to scale by");
    return (Vec2){at.x * (float)arguments->count, at.y * (float)arguments->count};
}

void MP_NATIVE(caller_listen_with)(Caller *self, Listener listener, void *user,
                                   MpArguments *arguments)
{
    double number = 0;
    if (!mp_arguments_number(arguments, 1, &number))
        return;
    self->listener = listener;
    self->listener_user = user;
}

int MP_NATIVE(caller_pass_on)(Caller *self, Receiver receiver, void *user, MpArguments *arguments)
{
    (void)self;
    return receiver(user, arguments->count, arguments);
}

int MP_NATIVE(post_count)(MpArguments *arguments) { return arguments->count; }
