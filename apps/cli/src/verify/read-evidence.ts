import { evidenceFile, EVIDENCE_FILE, type EvidenceFile, type PastEvidenceFile } from '@assay/contracts';
import { isEd25519 } from '@assay/pipeline';
import { blaming, UsageError } from '../args/usage-error';
import { readFlagFile } from '../input/read-file';

const EVIDENCE = 'EVIDENCE';
const PEM = /-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g;

/** The file of evidence. @throws UsageError for anything else, with every problem of it */
export function readEvidence(path: string): EvidenceFile | PastEvidenceFile {
  let json: unknown;
  try {
    json = JSON.parse(readFlagFile(EVIDENCE, path).toString('utf8'));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${EVIDENCE} must be a JSON file, was ${path} (${(error as Error).message})`);
  }
  const { kind, format_version: version } = (json ?? {}) as { kind?: unknown; format_version?: unknown };
  if (kind !== EVIDENCE_FILE)
    throw new UsageError(`${EVIDENCE} must be a file of evidence, as assay export evidence writes it, was ${path}`);
  if (version === 1) return json as PastEvidenceFile;
  blaming(EVIDENCE, () => evidenceFile.parse(json));
  // as it was written: what is hashed is the file's own
  return json as EvidenceFile;
}

/** Public keys of the files of `--public-key`: PEM, or what the service answers. @throws UsageError for a file without one */
export const readPublicKeys = (paths: readonly string[]): string[] =>
  paths.flatMap((path) => {
    const text = readFlagFile('--public-key', path).toString('utf8').replaceAll('\\n', '\n');
    const keys = text.match(PEM)?.map((key) => `${key}\n`) ?? [];
    if (keys.length > 0 && keys.every(isEd25519)) return keys;
    throw new UsageError(
      `--public-key must be a file with Ed25519 public keys in PEM, as assay keys --pem shows them, was ${path}`,
    );
  });
