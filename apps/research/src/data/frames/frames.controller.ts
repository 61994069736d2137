import { Scopes } from '@assay/platform';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CorrelationQuery, DescribeQuery, ProfileQuery } from './frames.request';
import { CorrelationDto, DescribeDto, ProfileDto } from './frames.response';
import { FramesService } from './frames.service';

@ApiTags('data')
@Scopes('research:read')
@Controller('data')
export class FramesController {
  constructor(private readonly frames: FramesService) {}

  @Get('describe')
  @ApiOperation({ summary: 'Statistics of every column of a series' })
  @ApiOkResponse({ type: DescribeDto })
  describe(@Query() query: DescribeQuery): Promise<DescribeDto> {
    return this.frames.describe(query);
  }

  @Get('profile')
  @ApiOperation({
    summary:
      'What every column of a series and the returns of its close are like: moments, quantiles, histograms, first and last bars',
  })
  @ApiOkResponse({ type: ProfileDto })
  profile(@Query() query: ProfileQuery): Promise<ProfileDto> {
    return this.frames.profile(query);
  }

  @Get('correlation')
  @ApiOperation({
    summary: 'Correlations of the returns or closes of several symbols over the bars that all of them have',
  })
  @ApiOkResponse({ type: CorrelationDto })
  correlation(@Query() query: CorrelationQuery): Promise<CorrelationDto> {
    return this.frames.correlation(query);
  }
}
