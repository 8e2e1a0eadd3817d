/**
 * Metadata of classes, as far as tsyringe (through @peculiar/x509) asks `Reflect` for it when it is loaded: get, get own
 * and define by key. A polyfill that is already there is left alone.
 */
const reflect = Reflect as any;

if (!reflect.getMetadata) {
  const known = new WeakMap<object, Map<unknown, unknown>>();
  reflect.getOwnMetadata = (key: unknown, target: object) => known.get(target)?.get(key);
  reflect.getMetadata = (key: unknown, target: object) => {
    for (let one: object | null = target; one; one = Object.getPrototypeOf(one)) {
      if (known.get(one)?.has(key)) return known.get(one)?.get(key);
    }
    return undefined;
  };
  reflect.defineMetadata = (key: unknown, value: unknown, target: object) => {
    const own = known.get(target) ?? new Map();
    known.set(target, own.set(key, value));
  };
}

export {};
