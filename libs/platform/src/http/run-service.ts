import { startFault } from './start-fault';

const INFO = 30;
const WARN = 40;
const FATAL = 60;

const write = (service: string, level: number, msg: string, more: Record<string, unknown> = {}): void => {
  process.stdout.write(`${JSON.stringify({ level, time: new Date().toISOString(), service, msg, ...more })}\n`);
};

/**
 * Runs a service's entry file. What keeps it from starting is one line of its log and its exit code; Node's warnings are lines of its
 * log too, those about deprecation below the level that anybody is shown.
 *
 * @param name as in the log
 */
export function runService(name: string, start: () => Promise<unknown>): void {
  process.on('warning', ({ name: kind, message, stack }) => {
    write(name, kind.includes('Deprecation') ? INFO : WARN, `${kind}: ${message}`, { stack });
  });
  start().catch((error: unknown) => {
    const service = name.split('-')[0]!;
    const { message, exitCode, unexpected } = startFault(error, `${service.toUpperCase()}_PORT`);
    const detail = unexpected && error instanceof Error ? { err: { type: error.name, stack: error.stack } } : {};
    write(name, FATAL, `cannot start: ${message}`, detail);
    // Whatever is half open must not keep the process alive.
    process.exit(exitCode);
  });
}
