export { newsId, type NewsItem } from './news-item';
export { readNews, type NewsReadOptions, type ReadNews } from './read-news';
