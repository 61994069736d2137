import { EntityTag, ExpectedVersion, Owner, Scopes, type Principal } from '@assay/platform';
import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post, Query } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { AcceptedJobDto, acceptedJob } from '../../listing/accepted-job.response';
import { PageQuery } from '../../listing/page.request';
import { ChangeSubscriptionDto, SubscribeDto } from './subscription.request';
import { SubscriptionDto, SubscriptionPageDto } from './subscription.response';
import { SubscriptionsService } from './subscriptions.service';

@ApiTags('data')
@Scopes('research:read')
@Controller('data/subscriptions')
export class SubscriptionsController {
  constructor(private readonly subscriptions: SubscriptionsService) {}

  @Post()
  @Scopes('data:write')
  @ApiOperation({
    summary:
      'Keep a series fresh from a feed: refreshed after each close of the calendar, with back-off while the feed is late or away. ' +
      'With scope data:correct stored bars are corrected too',
  })
  @ApiCreatedResponse({ type: SubscriptionDto })
  create(@Owner() owner: Principal, @Body() body: SubscribeDto): Promise<SubscriptionDto> {
    return this.subscriptions.create(owner, body);
  }

  @Get()
  @ApiOperation({ summary: 'Own subscriptions with how fresh their series are' })
  @ApiOkResponse({ type: SubscriptionPageDto })
  list(@Owner() owner: Principal, @Query() query: PageQuery): Promise<SubscriptionPageDto> {
    return this.subscriptions.list(owner.userId, query);
  }

  @Get(':id')
  @EntityTag()
  @ApiOperation({ summary: 'One subscription' })
  @ApiOkResponse({ type: SubscriptionDto })
  get(@Owner() owner: Principal, @Param('id', ParseUUIDPipe) id: string): Promise<SubscriptionDto> {
    return this.subscriptions.get(owner.userId, id);
  }

  @Patch(':id')
  @Scopes('data:write')
  @ApiOperation({ summary: 'Change a subscription; it is refreshed at once' })
  @ApiOkResponse({ type: SubscriptionDto })
  change(
    @Owner() owner: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @ExpectedVersion() expected: ExpectedVersion,
    @Body() body: ChangeSubscriptionDto,
  ): Promise<SubscriptionDto> {
    return this.subscriptions.change(owner, id, expected, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @Scopes('data:write')
  @ApiOperation({ summary: 'End a subscription; the stored bars stay' })
  @ApiNoContentResponse()
  remove(@Owner() owner: Principal, @Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.subscriptions.remove(owner.userId, id);
  }

  @Post(':id/refresh')
  @HttpCode(202)
  @Scopes('data:write')
  @ApiOperation({ summary: 'Refresh now, with all holes (job; its result is a RefreshedSeries)' })
  @ApiAcceptedResponse({ type: AcceptedJobDto })
  async refresh(@Owner() owner: Principal, @Param('id', ParseUUIDPipe) id: string): Promise<AcceptedJobDto> {
    return acceptedJob(await this.subscriptions.refresh(owner.userId, id));
  }
}
