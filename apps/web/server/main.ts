import { announce, endWithLauncher, loadConfig, runService } from '@assay/platform';
import { createWeb } from './create-web';
import { webSettings } from './web-settings';

const stopOn = (signal: NodeJS.Signals, close: () => Promise<unknown>): void => {
  process.once(signal, () => {
    void close().then(() => process.exit(0));
  });
};

runService('web', async () => {
  const started: Parameters<typeof endWithLauncher>[0] = {};
  endWithLauncher(started);
  const settings = webSettings(loadConfig());
  const app = createWeb(settings);
  started.app = app;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) stopOn(signal, () => app.close());
  await app.listen({ port: settings.port, host: settings.host });
  const { port } = app.server.address() as { port: number };
  announce('web', { port, url: `http://${settings.host}:${port}` });
});
