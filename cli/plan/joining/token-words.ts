import type { Trouble } from '../../../src/core/private/trouble';

const TOKEN = '--bootstrap-kubeconfig';

/** Why options are of no use in a join with a token, and what to do instead. */
const REASONS: readonly { readonly options: readonly string[]; readonly why: string; readonly fix: string }[] = [
  {
    options: [
      'karmadaContext',
      'karmadaKubeconfig',
      'karmadaEndpoint',
      'instance',
      'as',
      'asGroup',
      'expectClusterUid',
    ],
    why: 'the bootstrap kubeconfig says where Karmada is, and who one is there',
    fix: `leave out either these or ${TOKEN}`,
  },
  {
    options: ['hostContext', 'hostKubeconfig'],
    why: 'a token opens no host: who has rights there gives a scheduler estimator its kubeconfig',
    fix: 'leave them out',
  },
  { options: ['filename'], why: 'no code is read: a token lets nobody write what it says', fix: 'leave it out' },
  {
    options: ['memberEndpoint', 'proxyUrl', 'permissions'],
    why: 'these are about how Karmada reaches a member, and here an agent reaches Karmada',
    fix: 'leave them out',
  },
  {
    options: ['provider', 'region', 'zone'],
    why: 'the agent says where it is',
    fix: 'give `provider`, `region` and `zones` to its KarmadaAgent',
  },
];

/** What is wrong with the options of a join with a token. */
export function tokenWords(options: { readonly [name: string]: unknown }): Trouble[] {
  const found: Trouble[] = REASONS.flatMap(({ options: names, why, fix }) => {
    const given = names.filter((name) => options[name] !== undefined).map(optionOf);
    return given.length ? [{ what: `${given.join(', ')}: ${why}`, at: 'the options', fix }] : [];
  });
  if (options.mode === 'push') {
    const what = 'with a token an agent asks for its certificate, and in push mode there is none';
    found.push({ what, at: '--mode push', fix: `leave out either this or ${TOKEN}` });
  }
  return found;
}

function optionOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
