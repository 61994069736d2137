import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AuthService } from '../auth/auth.service';
import { credentialOf } from '../auth/credentials';
import { Owner, type Principal } from '../auth/principal';
import { EventStreams } from '../http/event-streams';
import { ChangeFeed } from './change-feed';
import { streamChanges } from './change-stream';

@ApiTags('changes')
@Controller('stream')
export class ChangesController {
  constructor(
    private readonly feed: ChangeFeed,
    private readonly streams: EventStreams,
    private readonly auth: AuthService,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Server-sent events: what of your own has changed, whoever changed it',
    description:
      '`event: change` has `{kind, id, at}` and, of a run, order, fill, replay or decision, `deployment_id`: ask for the thing itself. ' +
      'Changes of one thing in quick succession are told once. `event: reset`: some may have been missed, ask for everything anew. ' +
      'A reader who comes back with `Last-Event-ID` is told what he missed, or is sent `reset`. Ends with the credential.',
  })
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'id of the last event that was seen' })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ schema: { type: 'string' } })
  async stream(
    @Owner() { userId }: Principal,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const end = this.streams.open(userId);
    try {
      const given = request.headers['last-event-id'];
      await streamChanges(reply, {
        ownerId: userId,
        log: this.feed.log,
        lastSeen: typeof given === 'string' ? given : undefined,
        watch: (watcher) => this.feed.watch(userId, watcher),
        isAllowed: () => this.auth.isStillGood(credentialOf(request)),
      });
    } finally {
      end();
    }
  }
}
