import type { IConstruct } from 'constructs';
import type { SecretValue } from './secret-value';

/**
 * Where a Secret comes from. None of the three puts a value into the output.
 *
 * @example
 * import { ApiObject } from 'cdk8s';
 * import { SecretSource, SecretValue } from 'cdk8s-karmada';
 *
 * declare const external: ApiObject;
 *
 * SecretSource.existing();
 * SecretSource.object(external);
 * SecretSource.values({ password: SecretValue.fromEnvironment('DATABASE_PASSWORD') });
 */
export class SecretSource {
  /** It is on Karmada already: only the policies are made. */
  public static existing(): SecretSource {
    return new SecretSource();
  }

  /**
   * Another object stands for it, such as an ExternalSecret or a SealedSecret: that one goes out, and an operator on each cluster
   * makes the Secret of it.
   *
   * @param construct the object, or a construct whose default child it is
   */
  public static object(construct: IConstruct): SecretSource {
    return new SecretSource(construct);
  }

  /**
   * The command fills the values in when it applies. Other tools that apply the output would leave it without data.
   *
   * @param values where each value is, by key
   */
  public static values(values: { [key: string]: SecretValue }): SecretSource {
    return new SecretSource(undefined, { ...values });
  }

  /** @internal */
  public readonly _object?: IConstruct;

  /** @internal */
  public readonly _values?: { readonly [key: string]: SecretValue };

  private constructor(object?: IConstruct, values?: { readonly [key: string]: SecretValue }) {
    this._object = object;
    this._values = values;
  }
}
