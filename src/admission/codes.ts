/** Codes of what admission finds. Of the block MC200 to MC219 each is one way in which Karmada's API server says no. */

/** The name of an object cannot be used. */
export const OBJECT_NAME = 'MC013';
/** The API server knows no such field. */
export const UNKNOWN_FIELD = 'MC200';
/** A value has another type than the field. */
export const WRONG_TYPE = 'MC201';
/** A field that has to be there is missing. */
export const MISSING = 'MC202';
/** A value is not one of those that the field takes. */
export const NOT_ALLOWED = 'MC203';
/** A number or a length is outside its bounds. */
export const OUT_OF_RANGE = 'MC204';
/** A text is not written as the field wants it: a label, a pointer, a quantity, a URL. */
export const MALFORMED = 'MC205';
/** Two fields exclude each other, or one needs the other. */
export const CONFLICT = 'MC206';
/** The same thing stands there twice. */
export const DUPLICATE = 'MC207';
/** Karmada serves no such kind in this API group. */
export const UNKNOWN_KIND = 'MC208';
/** A later release than the one that runs brought the field or the kind. */
export const TOO_NEW = 'MC210';
/** A later release refuses what this one takes. */
export const REFUSED_LATER = 'MC211';
