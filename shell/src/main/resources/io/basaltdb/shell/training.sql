-- What a first minute with Basalt looks like; one statement per line.
CREATE TABLE visit (id BIGINT NOT NULL, at TIMESTAMP NOT NULL, day DATE, page TEXT, country TEXT, ms INTEGER, price DECIMAL(12,2), score DOUBLE) ORDER BY (at, id)
CREATE TABLE country (code TEXT NOT NULL, name TEXT)
INSERT INTO country VALUES ('de', 'Germany'), ('fr', 'France'), ('jp', 'Japan')
INSERT INTO visit VALUES (1, TIMESTAMP '2026-01-01 10:00:00', DATE '2026-01-01', '/', 'de', 12, 1.50, 0.5), (2, TIMESTAMP '2026-01-01 10:00:01', DATE '2026-01-01', '/search?q=stone', 'fr', 250, NULL, 1.5), (3, TIMESTAMP '2026-01-02 11:30:00', DATE '2026-01-02', '/cart', 'de', NULL, 19.99, NULL)
SELECT 1
SELECT * FROM visit ORDER BY at DESC LIMIT 10
SELECT count(*), min(at), max(at) FROM visit
SELECT country, count(*) AS visits, avg(ms) AS ms, sum(price) AS price FROM visit WHERE at >= TIMESTAMP '2026-01-01 00:00:00' AND page LIKE '/%' GROUP BY country HAVING count(*) > 0 ORDER BY visits DESC, country LIMIT 5
SELECT c.name, count(DISTINCT v.page), sum(v.price * 2) FROM visit v JOIN country c ON v.country = c.code WHERE v.ms BETWEEN 0 AND 1000 OR v.ms IS NULL GROUP BY c.name ORDER BY 1
SELECT v.id, CASE WHEN v.ms > 100 THEN 'slow' ELSE 'fast' END, upper(v.page), coalesce(v.price, 0) FROM visit v LEFT JOIN country c ON v.country = c.code WHERE v.country IN ('de', 'fr') AND v.id IN (SELECT id FROM visit WHERE score < 2)
SELECT extract(YEAR FROM day), date_trunc('month', at), count(*) FROM visit GROUP BY 1, 2 ORDER BY 1, 2
EXPLAIN SELECT country, count(*) FROM visit GROUP BY country
SHOW TABLES
