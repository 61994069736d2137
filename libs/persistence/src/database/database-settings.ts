import { ConfigurationError } from './configuration-error';

export type ServiceName = 'research' | 'trade' | 'portfolio';

export interface DatabaseSettings {
  url: string;
  rolePrefix: string;
  poolSize: number;
}

const MOST_CONNECTIONS = 1000;

function poolSize(text = ''): number {
  const value = text === '' ? 10 : Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= MOST_CONNECTIONS) return value;
  throw new ConfigurationError(`DB_POOL_SIZE must be an integer from 1 to ${MOST_CONNECTIONS}, was ${text}`);
}

/**
 * Reads DB_URL, ASSAY_ROLE_PREFIX and DB_POOL_SIZE. The embedded server is started by the launcher, which hands its URL on;
 * a service never starts one, so here a URL must be present.
 */
export function databaseSettings(env: NodeJS.ProcessEnv = process.env): DatabaseSettings {
  const url = env.DB_URL ?? '';
  // The URL may hold a password, so a message never has the whole of it.
  if (!/^postgres(ql)?:\/\//.test(url)) {
    throw new ConfigurationError(
      `DB_URL must be a postgres:// URL, was ${url === '' ? 'not set' : `"${/^[a-z]*:/i.exec(url)?.[0] ?? 'something else'}"`}`,
    );
  }
  if (!URL.canParse(url)) {
    throw new ConfigurationError(
      'DB_URL must be a URL like postgres://user:password@host:5432/database, with special characters of the password written as %XX',
    );
  }
  return { url, rolePrefix: env.ASSAY_ROLE_PREFIX ?? 'assay_', poolSize: poolSize(env.DB_POOL_SIZE) };
}
