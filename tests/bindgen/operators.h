/* Metamethods that do not go together. See operators.expected. */
#include "moonpatch/annotate.h"
#include "moonpatch/object.h"

typedef struct MP_CLASS Crew {
    MpObject object;
} Crew;

typedef struct MP_CLASS Marines {
    Crew crew;
} Marines;

typedef struct MP_CLASS Pilots {
    Crew crew;
} Pilots;

MP_META(len) MP_METHOD int crew_size(const Crew *self);
MP_META(len) MP_METHOD int crew_strength(const Crew *self);
MP_META(eq) MP_METHOD bool crew_equals(const Crew *self, const Crew *other);
MP_META(add) MP_METHOD int crew_plus(const Crew *self, int other);
MP_META(lt) MP_METHOD bool crew_is_less(const Crew *self, const Pilots *other);

MP_METHOD int marines_plus(const Marines *self, float other);
MP_META(eq) MP_METHOD bool marines_match(const Marines *self, const Marines *other);

/* These do. */
MP_METHOD int pilots_size(const Pilots *self);
MP_METHOD bool pilots_equals(const Pilots *self, const Crew *other);
MP_META(le) MP_METHOD bool pilots_is_at_most(const Pilots *self, const Crew *other);
