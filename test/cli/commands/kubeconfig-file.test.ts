import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultKubeconfig, mergeKubeconfig, writeKubeconfig } from '../../../cli/commands/kubeconfig-file';

const entry = {
  name: 'k-east',
  cluster: { server: 'https://localhost:5443', 'certificate-authority-data': 'Q0E=' },
  user: { 'client-certificate-data': 'Q1JU', 'client-key-data': 'S0VZ' },
};
let folder: string;
let context: any;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-kubeconfig-'));
  context = { cwd: folder, env: { HOME: folder } };
});
afterEach(() => rmSync(folder, { recursive: true }));

const modeOf = (file: string) => statSync(join(folder, file)).mode & 0o777;

test('a file of its own is for its owner alone, and written again later, but never over something else', () => {
  writeKubeconfig('east', entry, context);
  expect(modeOf('east')).toBe(0o600);
  writeKubeconfig('east', { ...entry, cluster: { ...entry.cluster, server: 'https://new' } }, context);
  expect(readFileSync(join(folder, 'east'), 'utf8')).toContain('https://new');
  writeFileSync(join(folder, 'notes'), 'mine');
  expect(() => writeKubeconfig('notes', entry, context)).toThrow('"notes" holds something else; nothing was written');
  expect(readFileSync(join(folder, 'notes'), 'utf8')).toBe('mine');
  expect(readdirSync(folder).sort()).toEqual(['east', 'notes']);
});

test('merged through a link, for the owner alone, with no draft or lock left', () => {
  mkdirSync(join(folder, '.kube'));
  writeFileSync(join(folder, 'real'), 'contexts:\n- name: prod\n  context: {cluster: prod, user: ada}\n', {
    mode: 0o644,
  });
  symlinkSync(join(folder, 'real'), join(folder, '.kube', 'config'));
  mergeKubeconfig(defaultKubeconfig(context), entry, context);
  expect(readFileSync(join(folder, 'real'), 'utf8')).toMatch(/name: prod[\s\S]*name: k-east/);
  expect([modeOf('real'), readdirSync(folder).sort(), readdirSync(join(folder, '.kube'))]).toEqual([
    0o600,
    ['.kube', 'real'],
    ['config'],
  ]);
  expect(defaultKubeconfig({ ...context, env: { KUBECONFIG: `${folder}/real:other` } })).toBe(`${folder}/real`);
});

test('while kubectl writes nothing is written', () => {
  writeFileSync(join(folder, 'config.lock'), '');
  expect(() => mergeKubeconfig('config', entry, context)).toThrow(
    'another program is writing "config"; nothing was written\n  at --merge config\n  fix: wait until it is done; if there is none, remove config.lock',
  );
  expect(readdirSync(folder)).toEqual(['config.lock']);
});

test('what is no kubeconfig stays as it is, and the lock goes', () => {
  writeFileSync(join(folder, 'config'), '- a list');
  expect(() => mergeKubeconfig('config', entry, context)).toThrow('"config" is no kubeconfig');
  expect([readdirSync(folder), readFileSync(join(folder, 'config'), 'utf8')]).toEqual([['config'], '- a list']);
});
