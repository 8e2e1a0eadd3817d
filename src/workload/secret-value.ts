/**
 * Where a value of a Secret is when it is applied. The value itself is in no output.
 *
 * @example
 * import { SecretValue } from 'cdk8s-karmada';
 *
 * SecretValue.fromEnvironment('DATABASE_PASSWORD');
 * SecretValue.fromFile('/run/secrets/license.key');
 */
export class SecretValue {
  /**
   * In an environment variable of the command.
   *
   * @param variable its name
   */
  public static fromEnvironment(variable: string): SecretValue {
    return new SecretValue({ environment: variable });
  }

  /**
   * In a file on the machine that the command runs on.
   *
   * @param path its path, from the folder that the command is run in
   */
  public static fromFile(path: string): SecretValue {
    return new SecretValue({ file: path });
  }

  private constructor(private readonly place: { readonly environment?: string; readonly file?: string }) {}

  /**
   * What the command reads.
   *
   * @internal
   */
  public _toPlain(): any {
    return this.place;
  }
}
