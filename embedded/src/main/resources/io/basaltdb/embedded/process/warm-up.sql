-- What the JVM's compiler is shown, one statement per line: the kinds of work that queries are made of, over rows made up here.
CREATE TABLE fact (id BIGINT NOT NULL, item BIGINT NOT NULL, client BIGINT NOT NULL, day DATE NOT NULL, shipped DATE, at TIMESTAMP NOT NULL, number INTEGER NOT NULL, price DECIMAL(15,2) NOT NULL, rate DECIMAL(15,2), flag TEXT NOT NULL, state TEXT NOT NULL, kind TEXT, note TEXT NOT NULL, score DOUBLE, url TEXT) ORDER BY (id)
CREATE TABLE item (id BIGINT NOT NULL, name TEXT NOT NULL, brand TEXT NOT NULL, kind TEXT, size INTEGER NOT NULL, cost DECIMAL(15,2)) ORDER BY (id)
CREATE TABLE client (id BIGINT NOT NULL, name TEXT NOT NULL, place INTEGER NOT NULL, phone TEXT NOT NULL, balance DECIMAL(15,2)) ORDER BY (id)
CREATE TABLE place (id INTEGER NOT NULL, name TEXT NOT NULL, region INTEGER NOT NULL) ORDER BY (id)
CREATE TABLE stock (item BIGINT NOT NULL, shop INTEGER NOT NULL, amount INTEGER NOT NULL, cost DECIMAL(15,2) NOT NULL) ORDER BY (item, shop)
INSERT INTO place SELECT i, 'PLACE ' || i, i % 5 FROM generate_series(0, 24) AS s(i)
INSERT INTO client SELECT i, 'client ' || i, i % 25, (10 + i % 25) || '-' || (i * 7919 % 900 + 100), (i * 31337 % 1000000) / 100.0 FROM generate_series(1, 15000) AS s(i)
INSERT INTO item SELECT i, 'green ' || (i * 31 % 977) || ' steel ' || i, 'Brand ' || i % 25, CASE i % 3 WHEN 0 THEN 'LARGE BRUSHED TIN' WHEN 1 THEN 'SMALL PLATED BRASS' ELSE 'PROMO BURNISHED STEEL' END, i % 50, (i % 1000) / 10.0 FROM generate_series(1, 20000) AS s(i)
INSERT INTO stock SELECT 1 + i / 4, i * 13 % 1000, i % 9999, (i * 7 % 100000) / 100.0 FROM generate_series(0, 79999) AS s(i)
INSERT INTO fact SELECT i / 4, 1 + i * 7919 % 20000, 1 + i * 104729 % 15000, DATE '2020-01-01' + CAST(i * 31 % 2400 AS INTEGER), CASE WHEN i % 11 = 0 THEN NULL ELSE DATE '2020-01-15' + CAST(i * 37 % 2400 AS INTEGER) END, TIMESTAMP '2020-01-01 00:00:00' + i * 97 * INTERVAL '1' SECOND, CAST(1 + i % 50 AS INTEGER), (900 + i * 7919 % 10000000) / 100.0, (i % 11) / 100.0, CASE i % 3 WHEN 0 THEN 'A' WHEN 1 THEN 'N' ELSE 'R' END, CASE WHEN i % 20 < 9 THEN 'O' ELSE 'F' END, CASE i % 8 WHEN 7 THEN NULL ELSE 'MODE ' || i % 7 END, 'note ' || i * 7919 % 100003 || ' special and ' || i % 13 || ' requests', CASE WHEN i % 17 = 0 THEN NULL ELSE i * 0.37 END, 'https://host' || i % 211 || '.example/path/' || i % 9973 FROM generate_series(0, 299999) AS s(i)
SELECT flag, kind, sum(number), sum(price), sum(price * (1 - rate)), sum(price * (1 - rate) * (1 + rate)), avg(number), avg(price), avg(rate), count(*) FROM fact WHERE day <= DATE '2026-06-01' GROUP BY flag, kind ORDER BY flag, kind
SELECT sum(price * rate) FROM fact WHERE day >= DATE '2022-01-01' AND day < DATE '2023-01-01' AND rate BETWEEN 0.02 AND 0.06 AND number < 24
SELECT count(*), min(price), max(price), min(day), max(at), min(flag), max(note) FROM fact
SELECT f.id, sum(f.price * (1 - f.rate)) AS r, f.day FROM client c, fact f, item i WHERE c.id = f.client AND i.id = f.item AND c.place < 10 AND f.day < DATE '2024-01-01' AND i.size > 10 GROUP BY f.id, f.day ORDER BY r DESC, f.day LIMIT 10
SELECT f.flag, count(*) FROM fact f WHERE f.day >= DATE '2022-01-01' AND f.day < DATE '2023-06-01' AND EXISTS (SELECT * FROM stock s WHERE s.item = f.item AND s.amount < f.number * 100) GROUP BY f.flag ORDER BY f.flag
SELECT p.name, sum(f.price * (1 - f.rate)) AS r FROM client c, fact f, place p, item i WHERE c.id = f.client AND c.place = p.id AND i.id = f.item AND p.region = 2 AND i.kind LIKE '%BRASS' AND f.day >= DATE '2021-01-01' GROUP BY p.name ORDER BY r DESC
SELECT p.name, extract(YEAR FROM f.day) AS y, sum(f.price * (1 - f.rate) - s.cost * f.number) AS a FROM item i, fact f, stock s, client c, place p WHERE s.item = f.item AND i.id = f.item AND c.id = f.client AND p.id = c.place AND i.name LIKE '%green%' AND s.shop < 300 GROUP BY p.name, y ORDER BY p.name, y DESC
SELECT extract(YEAR FROM f.day) AS y, sum(CASE WHEN p.name = 'PLACE 3' THEN f.price * (1 - f.rate) ELSE 0 END) / sum(f.price * (1 - f.rate)) FROM fact f, client c, place p WHERE f.client = c.id AND c.place = p.id AND f.day BETWEEN DATE '2021-01-01' AND DATE '2023-12-31' GROUP BY y ORDER BY y
SELECT c.id, c.name, sum(f.price) AS r, c.balance, p.name, c.phone FROM client c, fact f, place p WHERE c.id = f.client AND f.flag = 'R' AND c.place = p.id AND f.day < DATE '2023-01-01' GROUP BY c.id, c.name, c.balance, c.phone, p.name ORDER BY r DESC LIMIT 20
SELECT item, sum(cost * amount) AS v FROM stock WHERE shop < 100 GROUP BY item HAVING sum(cost * amount) > (SELECT sum(cost * amount) * 0.0001 FROM stock WHERE shop < 100) ORDER BY v DESC
SELECT kind, sum(CASE WHEN flag = 'A' OR flag = 'N' THEN 1 ELSE 0 END), sum(CASE WHEN flag <> 'A' AND flag <> 'N' THEN 1 ELSE 0 END) FROM fact WHERE kind IN ('MODE 1', 'MODE 5') AND day < shipped AND shipped >= DATE '2021-01-01' GROUP BY kind ORDER BY kind
SELECT n, count(*) AS d FROM (SELECT c.id, count(f.id) AS n FROM client c LEFT JOIN fact f ON c.id = f.client AND f.note NOT LIKE '%special%1%requests%' GROUP BY c.id) AS x GROUP BY n ORDER BY d DESC, n DESC
SELECT 100.00 * sum(CASE WHEN i.kind LIKE 'PROMO%' THEN f.price * (1 - f.rate) ELSE 0 END) / sum(f.price * (1 - f.rate)) FROM fact f, item i WHERE f.item = i.id AND f.day >= DATE '2022-01-01' AND f.day < DATE '2022-07-01'
SELECT brand, kind, size, count(DISTINCT s.shop) AS n FROM stock s, item i WHERE i.id = s.item AND brand <> 'Brand 4' AND kind NOT LIKE 'LARGE%' AND size IN (49, 14, 23, 45, 19, 3, 36, 9) AND s.shop NOT IN (SELECT c.id FROM client c WHERE c.phone LIKE '%12%') GROUP BY brand, kind, size ORDER BY n DESC, brand, kind, size
SELECT sum(f.price) / 7.0 FROM fact f, item i WHERE i.id = f.item AND i.brand = 'Brand 3' AND f.number < (SELECT 0.8 * avg(g.number) FROM fact g WHERE g.item = i.id)
SELECT c.name, c.id, f.id, f.day, sum(f.number) FROM client c, fact f WHERE f.id IN (SELECT g.id FROM fact g GROUP BY g.id HAVING sum(g.number) > 150) AND c.id = f.client GROUP BY c.name, c.id, f.id, f.day ORDER BY f.day LIMIT 100
SELECT sum(f.price * (1 - f.rate)) FROM fact f, item i WHERE (i.id = f.item AND i.brand = 'Brand 1' AND f.number BETWEEN 1 AND 11 AND i.size BETWEEN 1 AND 15 AND f.kind IN ('MODE 1', 'MODE 2')) OR (i.id = f.item AND i.brand = 'Brand 2' AND f.number BETWEEN 10 AND 20 AND i.size BETWEEN 1 AND 25 AND f.kind IN ('MODE 1', 'MODE 3'))
SELECT c.name, c.phone FROM client c WHERE c.id IN (SELECT s.shop FROM stock s WHERE s.item IN (SELECT i.id FROM item i WHERE i.name LIKE 'green 1%') AND s.amount > (SELECT 0.5 * sum(f.number) FROM fact f WHERE f.item = s.item AND f.day >= DATE '2021-01-01')) ORDER BY c.name
SELECT c.name, count(*) AS n FROM client c, fact f WHERE c.id = f.client AND f.shipped > f.day AND EXISTS (SELECT * FROM fact g WHERE g.id = f.id AND g.client <> f.client) AND NOT EXISTS (SELECT * FROM fact h WHERE h.id = f.id AND h.client <> f.client AND h.shipped < h.day) GROUP BY c.name ORDER BY n DESC, c.name LIMIT 100
SELECT substring(c.phone FROM 1 FOR 2) AS k, count(*), sum(c.balance) FROM client c WHERE substring(c.phone FROM 1 FOR 2) IN ('13', '31', '23') AND c.balance > (SELECT avg(balance) FROM client WHERE balance > 0.00) AND NOT EXISTS (SELECT * FROM fact f WHERE f.client = c.id AND f.flag = 'Z') GROUP BY k ORDER BY k
SELECT url, count(*) AS n FROM fact GROUP BY url ORDER BY n DESC LIMIT 10
SELECT client, url, count(*) AS n FROM fact GROUP BY client, url ORDER BY n DESC LIMIT 10
SELECT client, date_trunc('minute', at) AS m, count(*), sum(number), avg(score), count(DISTINCT item) FROM fact WHERE url <> '' GROUP BY client, m ORDER BY 3 DESC LIMIT 10
SELECT count(DISTINCT client), count(DISTINCT note), count(DISTINCT kind), avg(score), stddev(score), min(score), max(score) FROM fact
SELECT regexp_replace(url, '^https?://(?:www\.)?([^/]+)/.*$', '\1') AS k, avg(length(url)) AS l, count(*) AS n, min(url) FROM fact WHERE url <> '' GROUP BY k HAVING count(*) > 100 ORDER BY l DESC LIMIT 25
SELECT kind, min(url), count(*) AS n FROM fact WHERE url LIKE '%path/99%' AND kind IS NOT NULL GROUP BY kind ORDER BY n DESC LIMIT 10
SELECT * FROM fact WHERE url LIKE '%host7.%' ORDER BY at LIMIT 10
SELECT note FROM fact WHERE flag <> '' ORDER BY at, note LIMIT 10 OFFSET 100
SELECT id, day, row_number() OVER (PARTITION BY client ORDER BY day, id) AS r, sum(price) OVER (PARTITION BY flag ORDER BY id ROWS BETWEEN 10 PRECEDING AND CURRENT ROW) AS s FROM fact WHERE item < 2000 QUALIFY r < 3 ORDER BY id, r LIMIT 50
SELECT upper(flag) || lower(kind), length(note), abs(number - 25), round(score, 1), coalesce(kind, 'none'), nullif(number, 3) FROM fact WHERE number % 7 = 3 AND score > 100 ORDER BY 1, 2, 3, 4, 5, 6 LIMIT 20
SELECT flag, state, sum(number), sum(price), sum(price * (1 - rate)), sum(price * (1 - rate) * (1 + rate)), avg(number), avg(price), avg(rate), count(*) FROM fact WHERE day <= DATE '2026-06-01' GROUP BY flag, state ORDER BY flag, state
SELECT state, count(*), sum(number), avg(score), min(price), max(day) FROM fact GROUP BY state ORDER BY state
SELECT number, count(*), sum(price), avg(rate) FROM fact GROUP BY number ORDER BY number
SELECT day, count(*), sum(price) FROM fact WHERE shipped IS NOT NULL GROUP BY day ORDER BY 2 DESC LIMIT 10
SELECT item, sum(number), count(*) FROM fact GROUP BY item ORDER BY 2 DESC, item LIMIT 10
SELECT item, client, sum(number) AS n, avg(price) FROM fact GROUP BY item, client ORDER BY n DESC, item, client LIMIT 10
SELECT note, count(*) AS n, max(score) FROM fact WHERE number < 20 GROUP BY note ORDER BY n DESC, note LIMIT 10
SELECT count(*) FROM fact WHERE number <> 7
SELECT count(*), sum(score) FROM fact WHERE kind = 'MODE 3' OR kind IS NULL
SELECT sum(number), avg(id), count(*) FROM fact
SELECT client FROM fact WHERE id = 43210
SELECT count(*), min(at), max(at) FROM fact WHERE at >= TIMESTAMP '2020-02-01 00:00:00' AND at < TIMESTAMP '2020-02-01 01:00:00'
SELECT p.region, count(*), sum(c.balance) FROM client c JOIN place p ON c.place = p.id GROUP BY p.region ORDER BY p.region
SELECT i.brand, sum(f.price) AS v FROM fact f JOIN item i ON f.item = i.id LEFT JOIN stock s ON s.item = i.id AND s.shop = 17 WHERE i.size < 25 AND f.state = 'O' GROUP BY i.brand HAVING sum(f.price) > 1000 ORDER BY v DESC
SELECT f.id, f.day, f.price FROM fact f WHERE f.flag = 'R' AND f.state = 'F' ORDER BY f.price DESC, f.id LIMIT 100
WITH v AS (SELECT client AS c, sum(price * (1 - rate)) AS t FROM fact WHERE day >= DATE '2022-01-01' AND day < DATE '2022-04-01' GROUP BY client) SELECT c.id, c.name, c.phone, t FROM client c, v WHERE c.id = v.c AND t = (SELECT max(t) FROM v) ORDER BY c.id
SELECT c.balance, c.name, p.name, i.id, i.brand FROM item i, client c, stock s, place p WHERE i.id = s.item AND c.id = s.shop AND i.size = 15 AND i.kind LIKE '%BRASS' AND c.place = p.id AND p.region = 3 AND s.cost = (SELECT min(t.cost) FROM stock t, client d, place q WHERE i.id = t.item AND d.id = t.shop AND d.place = q.id AND q.region = 3) ORDER BY c.balance DESC, p.name, c.name, i.id LIMIT 100
