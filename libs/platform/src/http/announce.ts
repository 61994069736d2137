/** Says that a process is ready: to its log, and to the launcher. */
export function announce(name: string, facts: { port?: number; url?: string }): void {
  process.stdout.write(
    `${JSON.stringify({ level: 30, time: new Date().toISOString(), service: name, msg: 'ready', ...facts })}\n`,
  );
  process.send?.({ type: 'ready', name, ...facts });
}
