import { ResearchApi, URL_FLAG } from '../api/research-api';
import type { Args } from '../args/parse-args';
import type { Io } from '../output/io';
import { toJson } from '../output/json';
import { table } from '../output/table';
import type { Command } from './command';

interface PublicKey {
  key_id: string;
  algorithm: string;
  public_key: string;
  created_at: string;
  retired_at: string | null;
}

async function run(args: Args, io: Io): Promise<void> {
  const answer = await new ResearchApi(args.text('url')).call<{ items: PublicKey[] }>('GET', '/evidence/keys');
  if (args.on('json')) return io.out(toJson(answer));
  if (args.on('pem')) return answer.items.forEach(({ public_key: pem }) => io.out(pem));
  const rows = answer.items.map((key) => [key.key_id, key.algorithm, key.created_at, key.retired_at ?? 'signs']);
  io.out(table(['key', 'algorithm', 'made at', 'retired at'], rows));
}

export const keysCommand: Command = {
  name: 'keys',
  summary: 'show the public keys that the evidence of an installation is signed with, for assay verify --public-key',
  flags: [{ name: 'pem', kind: 'switch', help: 'print the keys alone, in PEM' }, URL_FLAG],
  examples: ['assay keys --pem > installation.pem'],
  run,
};
