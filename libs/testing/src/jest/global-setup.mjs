import { startTestServers } from './test-servers.mjs';

/** One throw-away PostgreSQL for the whole run, with a template database migrated once. */
export default async function globalSetup() {
  globalThis.__assayTestServers = await startTestServers();
}
