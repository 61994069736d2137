import { Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AuthService } from '../auth/auth.service';
import { credentialOf } from '../auth/credentials';
import type { Principal } from '../auth/principal';
import { Owner, Scopes } from '../auth/principal';
import { EventStreams } from '../http/event-streams';
import { jobDocument, listedJob } from './job-document';
import { JobFeed } from './job-feed';
import { JobDto, JobListDto, JobListQuery } from './job.dto';
import { streamJob } from './job-stream';
import { Jobs } from './jobs';

const SCOPE_OF_START =
  'Needs the scope that starts such a job: data:write for data jobs, else the write scope of the service; to run an import that may ' +
  'correct bars again, data:correct too.';

@ApiTags('jobs')
@Controller('jobs')
@Scopes()
export class JobsController {
  constructor(
    private readonly jobs: Jobs,
    private readonly feed: JobFeed,
    private readonly streams: EventStreams,
    private readonly auth: AuthService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Own jobs, newest first, without their results' })
  @ApiOkResponse({ type: JobListDto })
  async list(@Query() query: JobListQuery, @Owner() owner: Principal): Promise<JobListDto> {
    const { items, nextCursor } = await this.jobs.list(owner, query);
    return { items: items.map(listedJob), next_cursor: nextCursor };
  }

  @Get(':id')
  @ApiOperation({ summary: 'State, progress, and the result or the error' })
  @ApiOkResponse({ type: JobDto })
  async get(@Param('id') id: string, @Owner() owner: Principal): Promise<JobDto> {
    return jobDocument(await this.jobs.get(id, owner));
  }

  @Get(':id/stream')
  @ApiOperation({ summary: 'Server-sent events: the job after every change; ends with the job' })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ description: 'events named after the state; data is the job', type: JobDto })
  async stream(
    @Param('id') id: string,
    @Owner() owner: Principal,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const read = async (): Promise<JobDto> => jobDocument(await this.jobs.get(id, owner));
    const first = await read();
    const end = this.streams.open(owner.userId);
    try {
      await streamJob(reply, first, {
        read,
        watch: (changed) => this.feed.watch(id, changed),
        isAllowed: () => this.auth.isStillGood(credentialOf(request)),
      });
    } finally {
      end();
    }
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Cancel: at once when queued, as soon as it can stop when running',
    description: SCOPE_OF_START,
  })
  @ApiOkResponse({ type: JobDto })
  async cancel(@Param('id') id: string, @Owner() owner: Principal): Promise<JobDto> {
    return jobDocument(await this.jobs.cancel(id, owner));
  }

  @Post(':id/retry')
  @HttpCode(200)
  @ApiOperation({ summary: 'Run a failed or canceled job again', description: SCOPE_OF_START })
  @ApiOkResponse({ type: JobDto })
  async retry(@Param('id') id: string, @Owner() owner: Principal): Promise<JobDto> {
    return jobDocument(await this.jobs.retry(id, owner));
  }
}
