export type ServiceName = 'research' | 'trade' | 'portfolio';

export interface DatabaseSettings {
  url: string;
  rolePrefix: string;
  poolSize: number;
}

/**
 * Reads DB_URL, ASSAY_ROLE_PREFIX and DB_POOL_SIZE. The embedded server is started by the launcher, which hands its URL on;
 * a service never starts one, so here a URL must be present.
 */
export function databaseSettings(env: NodeJS.ProcessEnv = process.env): DatabaseSettings {
  const url = env.DB_URL ?? '';
  if (!/^postgres(ql)?:\/\//.test(url)) {
    throw new Error(`DB_URL must be a postgres:// URL, was ${url === '' ? 'not set' : `"${url.split(':')[0]}:"`}`);
  }
  return { url, rolePrefix: env.ASSAY_ROLE_PREFIX ?? 'assay_', poolSize: Number(env.DB_POOL_SIZE ?? 10) };
}
