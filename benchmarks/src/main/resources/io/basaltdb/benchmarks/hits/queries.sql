-- 43 queries over hits. Order columns are columns of the result, so that answers can be compared; the numbers that stand
-- for a user, a page and a front page belong to the generator and are checked by a test.
-- ClickHouse adds 64-bit integers in 64 bits and averages what has wrapped around: q04 is timed there, not compared.
-- @q q01
SELECT COUNT(*) AS views FROM hits
-- @q q02
SELECT COUNT(*) AS views FROM hits WHERE AdvEngineID <> 0
-- @q q03
SELECT SUM(AdvEngineID) AS engines, COUNT(*) AS views, AVG(ResolutionWidth) AS width FROM hits
-- @q q04
-- @incomparable clickhouse
SELECT AVG(UserID) AS middle FROM hits
-- @q q05
SELECT COUNT(DISTINCT UserID) AS users FROM hits
-- @q q06
SELECT COUNT(DISTINCT SearchPhrase) AS phrases FROM hits
-- @q q07
SELECT MIN(EventDate) AS first_day, MAX(EventDate) AS last_day FROM hits
-- @q q08
SELECT AdvEngineID, COUNT(*) AS views FROM hits WHERE AdvEngineID <> 0 GROUP BY AdvEngineID ORDER BY views DESC
-- @q q09
SELECT RegionID, COUNT(DISTINCT UserID) AS users FROM hits GROUP BY RegionID ORDER BY users DESC LIMIT 10
-- @q q10
SELECT RegionID, SUM(AdvEngineID) AS engines, COUNT(*) AS views, AVG(ResolutionWidth) AS width, COUNT(DISTINCT UserID) AS users FROM hits GROUP BY RegionID ORDER BY views DESC LIMIT 10
-- @q q11
SELECT MobilePhoneModel, COUNT(DISTINCT UserID) AS users FROM hits WHERE MobilePhoneModel <> '' GROUP BY MobilePhoneModel ORDER BY users DESC LIMIT 10
-- @q q12
SELECT MobilePhone, MobilePhoneModel, COUNT(DISTINCT UserID) AS users FROM hits WHERE MobilePhoneModel <> '' GROUP BY MobilePhone, MobilePhoneModel ORDER BY users DESC LIMIT 10
-- @q q13
SELECT SearchPhrase, COUNT(*) AS views FROM hits WHERE SearchPhrase <> '' GROUP BY SearchPhrase ORDER BY views DESC LIMIT 10
-- @q q14
SELECT SearchPhrase, COUNT(DISTINCT UserID) AS users FROM hits WHERE SearchPhrase <> '' GROUP BY SearchPhrase ORDER BY users DESC LIMIT 10
-- @q q15
SELECT SearchEngineID, SearchPhrase, COUNT(*) AS views FROM hits WHERE SearchPhrase <> '' GROUP BY SearchEngineID, SearchPhrase ORDER BY views DESC LIMIT 10
-- @q q16
SELECT UserID, COUNT(*) AS views FROM hits GROUP BY UserID ORDER BY views DESC LIMIT 10
-- @q q17
SELECT UserID, SearchPhrase, COUNT(*) AS views FROM hits GROUP BY UserID, SearchPhrase ORDER BY views DESC LIMIT 10
-- @q q18
SELECT UserID, SearchPhrase, COUNT(*) AS views FROM hits GROUP BY UserID, SearchPhrase LIMIT 10
-- @q q19
SELECT UserID, EXTRACT(MINUTE FROM EventTime) AS minute_of_hour, SearchPhrase, COUNT(*) AS views FROM hits GROUP BY UserID, EXTRACT(MINUTE FROM EventTime), SearchPhrase ORDER BY views DESC LIMIT 10
-- @q q20
SELECT UserID FROM hits WHERE UserID = -1896583730240517451
-- @q q21
SELECT COUNT(*) AS views FROM hits WHERE URL LIKE '%google%'
-- @q q22
SELECT SearchPhrase, MIN(URL) AS first_url, COUNT(*) AS views FROM hits WHERE URL LIKE '%google%' AND SearchPhrase <> '' GROUP BY SearchPhrase ORDER BY views DESC LIMIT 10
-- @q q23
SELECT SearchPhrase, MIN(URL) AS first_url, MIN(Title) AS first_title, COUNT(*) AS views, COUNT(DISTINCT UserID) AS users FROM hits WHERE Title LIKE '%Google%' AND URL NOT LIKE '%.google.%' AND SearchPhrase <> '' GROUP BY SearchPhrase ORDER BY views DESC LIMIT 10
-- @q q24
SELECT * FROM hits WHERE URL LIKE '%google%' ORDER BY EventTime LIMIT 10
-- @q q25
SELECT SearchPhrase, EventTime FROM hits WHERE SearchPhrase <> '' ORDER BY EventTime LIMIT 10
-- @q q26
SELECT SearchPhrase FROM hits WHERE SearchPhrase <> '' ORDER BY SearchPhrase LIMIT 10
-- @q q27
SELECT SearchPhrase, EventTime FROM hits WHERE SearchPhrase <> '' ORDER BY EventTime, SearchPhrase LIMIT 10
-- @q q28
SELECT CounterID, AVG(CHAR_LENGTH(URL)) AS url_length, COUNT(*) AS views FROM hits WHERE URL <> '' GROUP BY CounterID HAVING COUNT(*) > 1000 ORDER BY url_length DESC LIMIT 25
-- @q q29
SELECT REGEXP_REPLACE(Referer, '^https?://(www\.)?([^/]+)/.*$', '\2') AS host, AVG(CHAR_LENGTH(Referer)) AS referer_length, COUNT(*) AS views, MIN(Referer) AS first_referer FROM hits WHERE Referer <> '' GROUP BY host HAVING COUNT(*) > 1000 ORDER BY referer_length DESC LIMIT 25
-- @q q30
SELECT SUM(ResolutionWidth) AS s0, SUM(ResolutionWidth + 1) AS s1, SUM(ResolutionWidth + 2) AS s2, SUM(ResolutionWidth + 3) AS s3, SUM(ResolutionWidth + 4) AS s4, SUM(ResolutionWidth + 5) AS s5, SUM(ResolutionWidth + 6) AS s6, SUM(ResolutionWidth + 7) AS s7, SUM(ResolutionWidth + 8) AS s8, SUM(ResolutionWidth + 9) AS s9, SUM(ResolutionWidth + 10) AS s10, SUM(ResolutionWidth + 11) AS s11, SUM(ResolutionWidth + 12) AS s12, SUM(ResolutionWidth + 13) AS s13, SUM(ResolutionWidth + 14) AS s14, SUM(ResolutionWidth + 15) AS s15, SUM(ResolutionWidth + 16) AS s16, SUM(ResolutionWidth + 17) AS s17, SUM(ResolutionWidth + 18) AS s18, SUM(ResolutionWidth + 19) AS s19, SUM(ResolutionWidth + 20) AS s20, SUM(ResolutionWidth + 21) AS s21, SUM(ResolutionWidth + 22) AS s22, SUM(ResolutionWidth + 23) AS s23, SUM(ResolutionWidth + 24) AS s24, SUM(ResolutionWidth + 25) AS s25, SUM(ResolutionWidth + 26) AS s26, SUM(ResolutionWidth + 27) AS s27, SUM(ResolutionWidth + 28) AS s28, SUM(ResolutionWidth + 29) AS s29, SUM(ResolutionWidth + 30) AS s30, SUM(ResolutionWidth + 31) AS s31, SUM(ResolutionWidth + 32) AS s32, SUM(ResolutionWidth + 33) AS s33, SUM(ResolutionWidth + 34) AS s34, SUM(ResolutionWidth + 35) AS s35, SUM(ResolutionWidth + 36) AS s36, SUM(ResolutionWidth + 37) AS s37, SUM(ResolutionWidth + 38) AS s38, SUM(ResolutionWidth + 39) AS s39, SUM(ResolutionWidth + 40) AS s40, SUM(ResolutionWidth + 41) AS s41, SUM(ResolutionWidth + 42) AS s42, SUM(ResolutionWidth + 43) AS s43, SUM(ResolutionWidth + 44) AS s44, SUM(ResolutionWidth + 45) AS s45, SUM(ResolutionWidth + 46) AS s46, SUM(ResolutionWidth + 47) AS s47, SUM(ResolutionWidth + 48) AS s48, SUM(ResolutionWidth + 49) AS s49, SUM(ResolutionWidth + 50) AS s50, SUM(ResolutionWidth + 51) AS s51, SUM(ResolutionWidth + 52) AS s52, SUM(ResolutionWidth + 53) AS s53, SUM(ResolutionWidth + 54) AS s54, SUM(ResolutionWidth + 55) AS s55, SUM(ResolutionWidth + 56) AS s56, SUM(ResolutionWidth + 57) AS s57, SUM(ResolutionWidth + 58) AS s58, SUM(ResolutionWidth + 59) AS s59, SUM(ResolutionWidth + 60) AS s60, SUM(ResolutionWidth + 61) AS s61, SUM(ResolutionWidth + 62) AS s62, SUM(ResolutionWidth + 63) AS s63, SUM(ResolutionWidth + 64) AS s64, SUM(ResolutionWidth + 65) AS s65, SUM(ResolutionWidth + 66) AS s66, SUM(ResolutionWidth + 67) AS s67, SUM(ResolutionWidth + 68) AS s68, SUM(ResolutionWidth + 69) AS s69, SUM(ResolutionWidth + 70) AS s70, SUM(ResolutionWidth + 71) AS s71, SUM(ResolutionWidth + 72) AS s72, SUM(ResolutionWidth + 73) AS s73, SUM(ResolutionWidth + 74) AS s74, SUM(ResolutionWidth + 75) AS s75, SUM(ResolutionWidth + 76) AS s76, SUM(ResolutionWidth + 77) AS s77, SUM(ResolutionWidth + 78) AS s78, SUM(ResolutionWidth + 79) AS s79, SUM(ResolutionWidth + 80) AS s80, SUM(ResolutionWidth + 81) AS s81, SUM(ResolutionWidth + 82) AS s82, SUM(ResolutionWidth + 83) AS s83, SUM(ResolutionWidth + 84) AS s84, SUM(ResolutionWidth + 85) AS s85, SUM(ResolutionWidth + 86) AS s86, SUM(ResolutionWidth + 87) AS s87, SUM(ResolutionWidth + 88) AS s88, SUM(ResolutionWidth + 89) AS s89 FROM hits
-- @q q31
SELECT SearchEngineID, ClientIP, COUNT(*) AS views, SUM(IsRefresh) AS refreshes, AVG(ResolutionWidth) AS width FROM hits WHERE SearchPhrase <> '' GROUP BY SearchEngineID, ClientIP ORDER BY views DESC LIMIT 10
-- @q q32
SELECT WatchID, ClientIP, COUNT(*) AS views, SUM(IsRefresh) AS refreshes, AVG(ResolutionWidth) AS width FROM hits WHERE SearchPhrase <> '' GROUP BY WatchID, ClientIP ORDER BY views DESC LIMIT 10
-- @q q33
SELECT WatchID, ClientIP, COUNT(*) AS views, SUM(IsRefresh) AS refreshes, AVG(ResolutionWidth) AS width FROM hits GROUP BY WatchID, ClientIP ORDER BY views DESC LIMIT 10
-- @q q34
SELECT URL, COUNT(*) AS views FROM hits GROUP BY URL ORDER BY views DESC LIMIT 10
-- @q q35
SELECT 1 AS one, URL, COUNT(*) AS views FROM hits GROUP BY 1, URL ORDER BY views DESC LIMIT 10
-- @q q36
SELECT ClientIP, ClientIP - 1 AS ip1, ClientIP - 2 AS ip2, ClientIP - 3 AS ip3, COUNT(*) AS views FROM hits GROUP BY ClientIP, ClientIP - 1, ClientIP - 2, ClientIP - 3 ORDER BY views DESC LIMIT 10
-- @q q37
SELECT URL, COUNT(*) AS views FROM hits WHERE CounterID = 62 AND EventDate >= DATE '2024-07-01' AND EventDate <= DATE '2024-07-31' AND DontCountHits = 0 AND IsRefresh = 0 AND URL <> '' GROUP BY URL ORDER BY views DESC LIMIT 10
-- @q q38
SELECT Title, COUNT(*) AS views FROM hits WHERE CounterID = 62 AND EventDate >= DATE '2024-07-01' AND EventDate <= DATE '2024-07-31' AND DontCountHits = 0 AND IsRefresh = 0 AND Title <> '' GROUP BY Title ORDER BY views DESC LIMIT 10
-- @q q39
SELECT URL, COUNT(*) AS views FROM hits WHERE CounterID = 62 AND EventDate >= DATE '2024-07-01' AND EventDate <= DATE '2024-07-31' AND IsRefresh = 0 AND IsLink <> 0 AND IsDownload = 0 GROUP BY URL ORDER BY views DESC LIMIT 10 OFFSET 10
-- @q q40
SELECT TrafficSourceID, SearchEngineID, AdvEngineID, CASE WHEN SearchEngineID = 0 AND AdvEngineID = 0 THEN Referer ELSE '' END AS source, URL AS destination, COUNT(*) AS views FROM hits WHERE CounterID = 62 AND EventDate >= DATE '2024-07-01' AND EventDate <= DATE '2024-07-31' AND IsRefresh = 0 GROUP BY TrafficSourceID, SearchEngineID, AdvEngineID, source, destination ORDER BY views DESC LIMIT 10 OFFSET 1000
-- @q q41
SELECT URLHash, EventDate, COUNT(*) AS views FROM hits WHERE CounterID = 62 AND EventDate >= DATE '2024-07-01' AND EventDate <= DATE '2024-07-31' AND IsRefresh = 0 AND TrafficSourceID IN (-1, 6) AND RefererHash = 4292291486619516560 GROUP BY URLHash, EventDate ORDER BY views DESC LIMIT 10 OFFSET 100
-- @q q42
SELECT WindowClientWidth, WindowClientHeight, COUNT(*) AS views FROM hits WHERE CounterID = 62 AND EventDate >= DATE '2024-07-01' AND EventDate <= DATE '2024-07-31' AND IsRefresh = 0 AND DontCountHits = 0 AND URLHash = -7552688375949399641 GROUP BY WindowClientWidth, WindowClientHeight ORDER BY views DESC LIMIT 10 OFFSET 100
-- @q q43
SELECT DATE_TRUNC('minute', EventTime) AS event_minute, COUNT(*) AS views FROM hits WHERE CounterID = 62 AND EventDate >= DATE '2024-07-15' AND EventDate <= DATE '2024-07-16' AND IsRefresh = 0 AND DontCountHits = 0 GROUP BY DATE_TRUNC('minute', EventTime) ORDER BY event_minute LIMIT 10 OFFSET 100
