import { execFile } from 'node:child_process';

const DOCKER_MS = 5_000;
const IMAGES = {
  DB_URL: {
    image: 'postgres:16-alpine',
    port: 5432,
    env: { POSTGRES_HOST_AUTH_METHOD: 'trust' },
    log: /ready to accept connections/,
    times: 2,
  },
  REDIS_URL: {
    image: 'redis:7-alpine',
    port: 6379,
    command: ['redis-server', '--appendonly', 'yes', '--maxmemory-policy', 'noeviction'],
    log: /Ready to accept connections/,
  },
  NATS_URL: { image: 'nats:2.10-alpine', port: 4222, command: ['--jetstream'], log: /Server is ready/ },
};
const URLS = {
  DB_URL: (host, port) => `postgres://postgres@${host}:${port}/postgres`,
  REDIS_URL: (host, port) => `redis://${host}:${port}`,
  NATS_URL: (host, port) => `nats://${host}:${port}`,
};

/** Whether a Docker daemon answers. */
export const dockerAnswers = () =>
  new Promise((resolve) => {
    execFile('docker', ['version', '--format', '{{.Server.Version}}'], { timeout: DOCKER_MS }, (error) =>
      resolve(!error),
    );
  });

/**
 * Starts a container for each of the named servers.
 *
 * @param names of DB_URL, REDIS_URL, NATS_URL
 * @returns {{ urls: Record<string, string>, stop(): Promise<void> }}
 */
export async function startContainers(names) {
  const { GenericContainer, Wait } = await import('testcontainers');
  const containers = [];
  const urls = {};
  const stop = async () => {
    await Promise.all(containers.map((container) => container.stop()));
  };
  try {
    for (const name of names) {
      const { image, port, env = {}, command, log, times = 1 } = IMAGES[name];
      const described = new GenericContainer(image)
        .withExposedPorts(port)
        .withEnvironment(env)
        .withWaitStrategy(Wait.forLogMessage(log, times));
      const container = await (command ? described.withCommand(command) : described).start();
      containers.push(container);
      urls[name] = URLS[name](container.getHost(), container.getMappedPort(port));
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { urls, stop };
}
