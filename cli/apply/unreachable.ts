import { troubleText } from '../../src/core/private/trouble';
import { ExitCode } from '../plan/command-error';
import { type Plane, Unreachable } from './api-server';

/** Which server did not answer, and how it was chosen. */
export interface Door {
  readonly plane: Plane | 'member';
  readonly url: string;
  /** Such as `context "prod"`. */
  readonly name: string;
  /** The kubeconfig files or the Secret that say so. */
  readonly from: string;
  /** What else to do when the server's name does not resolve or nothing answers there. */
  readonly otherwise?: string;
}

interface Kind {
  readonly codes: readonly string[];
  readonly fix: string;
  readonly passing: boolean;
}

/** What to do, by the code of the error; a network may recover, a certificate will not. */
const KINDS: readonly Kind[] = [
  {
    codes: ['ENOTFOUND', 'EAI_AGAIN'],
    fix: 'check the name of the server, and that it resolves from this machine',
    passing: false,
  },
  {
    codes: ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT'],
    fix: 'check that the server runs and that this machine may reach it',
    passing: true,
  },
  {
    codes: [
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'UNABLE_TO_GET_ISSUER_CERT',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'CERT_SIGNATURE_FAILURE',
    ],
    fix: "give the cluster the certificate-authority-data of this server's authority",
    passing: false,
  },
  {
    codes: ['ERR_TLS_CERT_ALTNAME_INVALID'],
    fix: 'use a server name that its certificate holds, or name one of them as tls-server-name of the cluster',
    passing: false,
  },
  { codes: ['CERT_HAS_EXPIRED'], fix: "renew the server's certificate", passing: false },
  { codes: ['CERT_NOT_YET_VALID'], fix: 'compare the clock of this machine with that of the server', passing: false },
  {
    codes: ['ERR_SSL_WRONG_VERSION_NUMBER', 'EPROTO'],
    fix: 'check the scheme and the port of the server: this port does not answer with TLS',
    passing: false,
  },
  {
    codes: ['UND_ERR_RES_EXCEEDED_MAX_SIZE', 'ERR_BUFFER_TOO_LARGE'],
    fix: 'ask for less at a time: the answer is larger than this command takes in one piece',
    passing: false,
  },
];

/** Anything else is the network's doing. */
const NETWORK: Kind = {
  codes: [],
  fix: 'try again; if it stays so, look at the server and at what stands before it',
  passing: true,
};

/** No answer came: the four parts of an error, with the cause in the words of whoever gave it. */
export function noAnswer(door: Door, error: unknown): Unreachable {
  const cause = rootOf(error);
  const kind = KINDS.find(({ codes }) => codes.includes(cause.code)) ?? NETWORK;
  const fix = kind.passing || kind.codes.includes('ENOTFOUND') ? withOther(kind.fix, door) : kind.fix;
  const text = troubleText({ what: `${title(door)} gave no answer: ${wordsOf(cause)}`, at: place(door), fix });
  return new Unreachable(text, { passing: kind.passing });
}

/** The answer did not come in time. */
export function tooLate(door: Door, seconds: number): Unreachable {
  const what = `${title(door)} gave no answer within ${seconds} s`;
  return new Unreachable(troubleText({ what, at: place(door), fix: withOther(NETWORK.fix, door) }), { passing: true });
}

/** The credentials could not be had. */
export function noCredentials(door: Door, error: unknown, plugin?: string): Unreachable {
  // a parser of what a plugin printed quotes it, and that is a credential
  const words = error instanceof SyntaxError ? 'what it printed is no ExecCredential' : wordsOf(rootOf(error));
  const what = plugin
    ? `the plugin ${plugin} gave no credentials for ${title(door)}: ${words}`
    : `there are no credentials for ${title(door)}: ${words}`;
  const fix = plugin
    ? `install ${plugin}, or log in once with \`kubectl get namespaces\` in this context`
    : 'correct the user of this context';
  return new Unreachable(troubleText({ what, at: place(door), fix }), { exitCode: ExitCode.DENIED });
}

const NOUNS = { host: 'the host', karmada: 'Karmada', member: 'the member' };

function title({ plane, url }: Door): string {
  return `${NOUNS[plane]} at ${url}`;
}

function place({ name, from }: Door): string {
  return `${name} in ${from}`;
}

function withOther(fix: string, { otherwise }: Door): string {
  return otherwise ? `${fix}; or ${otherwise}` : fix;
}

/** The innermost cause: libraries wrap what the system said. */
function rootOf(error: any): any {
  if (error?.errors?.length) return rootOf(error.errors[0]); // one error for each address that was tried
  return error?.cause instanceof Error ? rootOf(error.cause) : error;
}

const LONGEST = 500;

/** Words of others, fit for a terminal: one line, no control characters, nothing that looks like a credential. */
export function wordsOf(error: any): string {
  const text = String(error?.message || error?.code || error)
    .replace(/-----BEGIN [\s\S]*?(-----END [^-]*-----|$)/g, '<redacted>')
    .replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '<redacted>')
    .replace(/\b(bearer|basic)\s+\S+/gi, '$1 <redacted>')
    .replace(/\b(token|password|secret|key)(["']?\s*[:=]\s*["']?)[^\s"',;&]+/gi, '$1$2<redacted>')
    .replace(/\/\/[^/\s:@]*:[^/\s@]*@/g, '//<redacted>@')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a terminal must not get
    .replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')
    .trim();
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
