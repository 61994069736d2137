import { MINUTE_MS } from '@assay/primitives';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { removeExpired } from './reservations';

const EVERY_MS = 10 * MINUTE_MS;

/** Removes what is older than a day, every ten minutes at most. */
@Injectable()
export class ExpiredKeys {
  private nextMs = 0;

  constructor(private readonly dataSource: DataSource) {}

  async sweep(): Promise<void> {
    if (Date.now() < this.nextMs) return;
    this.nextMs = Date.now() + EVERY_MS;
    await removeExpired(this.dataSource);
  }
}
