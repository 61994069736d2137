import type { SpooledFile } from './spool-file';

/** A file that a request brought, on disk: however long it is, it never lay in memory. It is removed with the request; whoever keeps it moves it. */
export class SpooledBody {
  constructor(
    readonly file: SpooledFile,
    /** The texts beside it, where it came in a form. */
    readonly form: { name: string; fields: Record<string, string> } | null = null,
  ) {}
}
