import { jobKindsOf, type JobDocuments, type JobService } from '@assay/contracts';
import { below } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import { DiscoveryService, Reflector } from '@nestjs/core';
import type { EndedShard, JobRunner } from './job-handler';
import { JOB_DOCUMENTS, JOB_KIND } from './job-handler';

/** Handlers by kind. */
@Injectable()
export class JobRegistry {
  private readonly runners = new Map<string, JobRunner>();
  private readonly documents = new Map<string, JobDocuments | undefined>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly reflector: Reflector,
  ) {}

  /** @throws Error naming every kind of the service that has no handler, and every kind that has two */
  load(service: JobService): void {
    const faults: string[] = [];
    this.runners.clear();
    for (const { instance, metatype } of this.discovery.getProviders()) {
      const kind = metatype && this.reflector.get<string | undefined>(JOB_KIND, metatype);
      if (!kind || !instance) continue;
      if (this.runners.has(kind) && this.runners.get(kind) !== instance) faults.push(`${kind} has two handlers`);
      this.runners.set(kind, instance as JobRunner);
      this.documents.set(kind, this.reflector.get(JOB_DOCUMENTS, metatype));
    }
    for (const kind of jobKindsOf(service)) if (!this.runners.has(kind)) faults.push(`${kind} has no handler`);
    if (faults.length > 0) throw new Error(`the ${service} worker cannot start: ${faults.join('; ')}`);
  }

  find(kind: string): JobRunner | undefined {
    return this.runners.get(kind);
  }

  /** What a stored payload of the kind says. @throws DomainError naming every field that does not fit */
  payloadOf(kind: string, payload: unknown): unknown {
    return this.read(kind, 'payload', payload);
  }

  /** What the `n`th shard of a job was given and left. @throws DomainError naming every field that does not fit */
  shardOf({ kind, payload, result }: EndedShard & { kind: string }, n: number): EndedShard {
    return below(`shards[${n}]`, () => ({
      payload: this.payloadOf(kind, payload),
      result: this.read(kind, 'result', result),
    }));
  }

  private read(kind: string, part: keyof JobDocuments, value: unknown): unknown {
    const documents = this.documents.get(kind);
    return documents ? below(part, () => documents[part].parse(value)) : value;
  }
}
