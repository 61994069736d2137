import { databaseSettings } from '@assay/persistence';
import { Client } from 'pg';
import { hashSignInCode, newSignInCode } from '../auth/credentials';
import { CODE_MINUTES, signInLink } from '../auth/sign-in-link';
import { startFault } from '../http/start-fault';

/** Writes a link to standard output that signs the administrator in once; for whoever may ask the database itself. */
async function main(): Promise<void> {
  const code = newSignInCode();
  const client = new Client({ connectionString: databaseSettings().url });
  await client.connect();
  try {
    const { rowCount } = await client.query(
      `INSERT INTO ops.sign_in_code (code_hash, user_id, expires_at)
       SELECT $1, id, now() + $2 * interval '1 minute' FROM ops."user" WHERE username = 'admin' AND NOT disabled`,
      [hashSignInCode(code), CODE_MINUTES],
    );
    if (rowCount === 0) throw new Error('there is no user admin who may sign in');
  } finally {
    await client.end();
  }
  const { WEB_URL: url, WEB_PORT: port = '3000' } = process.env;
  process.stdout.write(`${signInLink(url || `http://127.0.0.1:${port}`, code)}\n`);
}

main().catch((error: unknown) => {
  const { message, exitCode } = startFault(error);
  process.stderr.write(`${message}\n`);
  process.exitCode = exitCode;
});
