import { certificateReport } from '../apply/pki/certificate-report';
import { readExisting } from '../apply/pki/existing';
import type { Workload } from '../apply/pki/restart';
import { listWorkloads, RUNNING, SCHEDULED } from '../apply/pki/workloads';
import { CommandError, ExitCode } from '../plan/command-error';
import { type CertificateReport, exitCodeOf } from '../plan/instance/certificate-row';
import { certificatesText } from '../render/certificates-text';
import { paint } from '../render/paint';
import type { Context } from './context';
import { type IssuedInstance, withIssued } from './issued-instance';
import { coloured } from './options';
import type { ServerOptions } from './servers';

/** What an instance has of keys and certificates: until when, who mounts it, what is due. Writes nothing. */
export async function instanceCerts(
  name: string | undefined,
  options: ServerOptions,
  context: Context,
): Promise<number> {
  const report = await withIssued(name, options, context, (instance) => read(instance, new Date(context.now())));
  if (options.output === 'json') {
    context.stdout.write(`${JSON.stringify({ schema: '1', ...report }, null, 2)}\n`);
  } else {
    const width = Math.min(context.stdout.columns ?? 120, 200);
    const colours = paint(coloured(context.stdout, options, context));
    context.stdout.write(certificatesText(report, context.now(), width, colours));
  }
  return exitCodeOf(report);
}

async function read({ plan, host, patience }: IssuedInstance, now: Date): Promise<CertificateReport> {
  const existing = await readExisting(host, plan);
  const found = await mounting(() => listWorkloads(host, plan, [...RUNNING, ...SCHEDULED], patience));
  const report = certificateReport(plan, existing, found.workloads, now);
  return { ...report, ...(found.unread === undefined ? {} : { unread: found.unread }) };
}

/** Who may not list workloads sees the certificates all the same. */
async function mounting(
  list: () => Promise<Workload[]>,
): Promise<{ readonly workloads?: readonly Workload[]; readonly unread?: string }> {
  try {
    return { workloads: await list() };
  } catch (error) {
    if (!(error instanceof CommandError) || error.exitCode !== ExitCode.DENIED) throw error;
    return { unread: error.troubles.map(({ what }) => what).join('; ') };
  }
}
