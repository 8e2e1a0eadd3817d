import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChartOfTest, synthesized } from '../../cli/apply/engine-input';
import type { TestServer } from '../testbed';
import { tokenOf } from './through-proxy';

const COMMAND = join(__dirname, '..', '..', '..', 'bin', 'cdk8s-karmada');

/** The command in a process of its own. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>;
}

/** A folder with the manifests of charts, and how to run the command on them through a server's proxy. */
export class Folder {
  private readonly path = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-faults-'));
  private readonly kubeconfig = join(this.path, 'kubeconfig');

  constructor(server: Pick<TestServer, 'kubeconfig'>, url: string) {
    const named = (kind: string, value: object) => [{ name: 'testbed', [kind]: value }];
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: named('cluster', { server: url }),
      users: named('user', { token: tokenOf(server) }),
      contexts: named('context', { cluster: 'testbed', user: 'testbed' }),
      'current-context': 'testbed',
    };
    writeFileSync(this.kubeconfig, JSON.stringify(config), { mode: 0o600 });
  }

  run(words: string, charts: readonly ChartOfTest[]): Running {
    const file = join(this.path, 'in.yaml');
    writeFileSync(file, synthesized(...charts));
    const args = [COMMAND, ...words.split(' '), '-f', file, '--karmada-kubeconfig', this.kubeconfig];
    const child = spawn(process.execPath, args, { cwd: this.path, env: { ...process.env, NO_COLOR: '1' } });
    const said = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].on('data', (chunk) => {
        said[stream] += chunk;
      });
    }
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    return { child, ended: ended.then((code) => ({ code, ...said })) };
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }
}
