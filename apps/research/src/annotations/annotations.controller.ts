import { EntityTag, Owner, Scopes, StatedVersion, type Principal } from '@assay/platform';
import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { SUBJECT_KINDS } from '../records/annotations/subjects';
import { AnnotateDto, AnnotationListQuery } from './annotation.request';
import { AnnotationDto, AnnotationPageDto } from './annotation.response';
import { AnnotationsService } from './annotations.service';

const KIND = { name: 'kind', enum: SUBJECT_KINDS };

@ApiTags('annotations')
@Scopes('research:read')
@Controller('annotations')
export class AnnotationsController {
  constructor(private readonly annotations: AnnotationsService) {}

  @Get()
  @ApiOperation({ summary: 'Notes and tags of everything that is yours' })
  @ApiOkResponse({ type: AnnotationPageDto })
  list(@Owner() owner: Principal, @Query() query: AnnotationListQuery): Promise<AnnotationPageDto> {
    return this.annotations.list(owner.userId, query);
  }

  @Get(':kind/:id')
  @EntityTag()
  @ApiParam(KIND)
  @ApiOperation({ summary: 'Note and tags of one subject' })
  @ApiOkResponse({ type: AnnotationDto })
  get(
    @Owner() owner: Principal,
    @Param('kind') kind: string,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<AnnotationDto> {
    return this.annotations.get(owner.userId, kind, id);
  }

  @Put(':kind/:id')
  @Scopes('research:write')
  @ApiParam(KIND)
  @ApiOperation({
    summary: 'Write note and tags as a whole; the first needs no version, a change states the one it read',
  })
  @ApiOkResponse({ type: AnnotationDto })
  put(
    @Owner() owner: Principal,
    @Param('kind') kind: string,
    @Param('id', ParseUUIDPipe) id: string,
    @StatedVersion() version: number | undefined,
    @Body() body: AnnotateDto,
  ): Promise<AnnotationDto> {
    return this.annotations.put(owner.userId, kind, id, version, body);
  }

  @Delete(':kind/:id')
  @HttpCode(204)
  @Scopes('research:write')
  @ApiParam(KIND)
  @ApiOperation({ summary: 'Take note and tags away; the subject stays' })
  @ApiNoContentResponse()
  remove(
    @Owner() owner: Principal,
    @Param('kind') kind: string,
    @Param('id', ParseUUIDPipe) id: string,
  ): Promise<void> {
    return this.annotations.remove(owner.userId, kind, id);
  }
}
