/** A stream that text is written to. */
export interface Output {
  write(text: string): void;
  /** A person is watching. */
  readonly isTTY: boolean;
  /** Width of the terminal, as it is now. */
  readonly columns?: number;
  /** Its height, as it is now. */
  readonly rows?: number;
}

/** Standard input. */
export interface Input {
  /** A person can answer. */
  readonly isTTY: boolean;
  /** All of it. */
  read(): Promise<string>;
  /** One line, without its end; nothing when the input ended. */
  line(): Promise<string | undefined>;
}

/**
 * Everything that a command knows of the process it runs in. Only `main.ts` fills it from `process`, so a test runs any
 * command inside itself and reads what it wrote.
 */
export interface Context {
  /** Results. */
  readonly stdout: Output;
  /** Progress and errors. */
  readonly stderr: Output;
  readonly stdin: Input;
  readonly env: { readonly [name: string]: string | undefined };
  /** Folder that paths are relative to. */
  readonly cwd: string;
  /** Who runs the command, for others who find it at work: user, machine and process. */
  readonly who: string;
  /** Milliseconds since 1970. */
  now(): number;
  /** From now on an interrupt does not end the process: it aborts this signal, whose reason is the signal's name. */
  interrupts(): AbortSignal;
}
