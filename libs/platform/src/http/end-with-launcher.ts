/** Longest that a service works on after its launcher has gone. */
const END_MS = 15_000;

/**
 * Answers the launcher that this process still works, and ends it when the launcher is gone, so that no service is left behind; at any
 * point of the start, and whatever hangs. Without a launcher nothing happens.
 *
 * @param started has the application as soon as there is one
 */
export function endWithLauncher(started: { app?: { close(): Promise<unknown> } }): void {
  if (!process.send) return;
  const end = (): void => {
    setTimeout(() => process.exit(1), END_MS).unref();
    const { app } = started;
    if (!app) process.exit(1);
    app.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('message', (message: { type?: unknown } | null) => {
    if (message?.type === 'ping') process.send?.({ type: 'pong' });
  });
  // It may be gone since before this file was loaded.
  if (process.connected) process.once('disconnect', end);
  else end();
}
