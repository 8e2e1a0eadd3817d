/** An OpenAPI v3 schema as CRDs have it, without descriptions. */
export interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly nullable?: boolean;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: boolean;
  readonly exclusiveMaximum?: boolean;
  readonly multipleOf?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly enum?: readonly any[];
  readonly default?: any;
  readonly required?: readonly string[];
  readonly properties?: { readonly [name: string]: Schema };
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly not?: Schema;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-embedded-resource'?: boolean;
  readonly 'x-kubernetes-list-type'?: string;
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-map-type'?: string;
  /** CEL rules, without their messages. */
  readonly 'x-kubernetes-validations'?: readonly any[];
}

/** One version of a kind. */
export interface VersionFacts {
  readonly name: string;
  readonly served: boolean;
  readonly storage: boolean;
  readonly deprecated?: boolean;
  readonly subresources?: { readonly status?: object; readonly scale?: object };
  readonly additionalPrinterColumns?: readonly any[];
  readonly selectableFields?: readonly any[];
  readonly schema: Schema;
}

/** What is known of one of Karmada's kinds. */
export interface KindFacts {
  readonly group: string;
  readonly names: {
    readonly kind: string;
    readonly plural: string;
    readonly singular: string;
    readonly listKind?: string;
    readonly shortNames?: readonly string[];
    readonly categories?: readonly string[];
  };
  readonly scope: 'Namespaced' | 'Cluster';
  /** Its versions differ in shape: Karmada's webhook has to convert between them. */
  readonly converted?: boolean;
  /** Karmada's aggregated API server serves it: there is no CRD. */
  readonly aggregated?: boolean;
  readonly versions: readonly VersionFacts[];
}

/** What a release of Karmada brought: a field, a value of an enumeration, or with an empty path the kind itself. */
export interface Newer {
  /** The first minor release that has it, such as `v1.17`. */
  readonly since: string;
  readonly apiVersion: string;
  readonly kind: string;
  /** Dotted, `[]` for the items of a list, `{}` for the values of a map. */
  readonly path: string;
  /** A value that the field did not take before. */
  readonly value?: any;
}
