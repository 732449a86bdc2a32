package io.basaltdb.benchmarks.hits;

import static io.basaltdb.benchmarks.data.ColumnType.BIGINT;
import static io.basaltdb.benchmarks.data.ColumnType.DATE;
import static io.basaltdb.benchmarks.data.ColumnType.INTEGER;
import static io.basaltdb.benchmarks.data.ColumnType.SMALLINT;
import static io.basaltdb.benchmarks.data.ColumnType.TEXT;
import static io.basaltdb.benchmarks.data.ColumnType.TIMESTAMP;
import static io.basaltdb.benchmarks.hits.Level.HIT;
import static io.basaltdb.benchmarks.hits.Level.SITE;
import static io.basaltdb.benchmarks.hits.Level.USER;
import static io.basaltdb.benchmarks.hits.Level.VISIT;

import io.basaltdb.benchmarks.data.ColumnDefinition;
import io.basaltdb.benchmarks.data.ColumnType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The 105 columns in table order. The constant's ordinal is the column's index, its label the column's name.
enum HitsColumn {
    WATCH_ID("WatchID", BIGINT),
    EVENT_TIME("EventTime", TIMESTAMP),
    EVENT_DATE("EventDate", DATE),
    COUNTER_ID("CounterID", INTEGER),
    USER_ID("UserID", BIGINT),
    CLIENT_IP("ClientIP", INTEGER),
    REGION_ID("RegionID", INTEGER, numbers(USER, 0.02, 1, 9000, 4)),
    TITLE("Title", TEXT),
    URL("URL", TEXT),
    REFERER("Referer", TEXT),
    URL_HASH("URLHash", BIGINT),
    REFERER_HASH("RefererHash", BIGINT),
    SEARCH_PHRASE("SearchPhrase", TEXT),
    SEARCH_ENGINE_ID("SearchEngineID", SMALLINT),
    TRAFFIC_SOURCE_ID("TrafficSourceID", SMALLINT),
    ADV_ENGINE_ID("AdvEngineID", SMALLINT),
    IS_REFRESH("IsRefresh", SMALLINT),
    IS_LINK("IsLink", SMALLINT),
    IS_DOWNLOAD("IsDownload", SMALLINT),
    DONT_COUNT_HITS("DontCountHits", SMALLINT, numbers(HIT, 0.95, 1, 1, 1)),
    OS("OS", SMALLINT, numbers(USER, 0.01, 1, 60, 3)),
    USER_AGENT("UserAgent", SMALLINT, numbers(USER, 0.005, 1, 80, 3)),
    USER_AGENT_MAJOR("UserAgentMajor", SMALLINT, numbers(USER, 0.01, 3, 40, 1)),
    USER_AGENT_MINOR("UserAgentMinor", TEXT, choice(USER, 0.3, "0 1 2 5 7 10 12 16 21 0b 1.3")),
    IS_MOBILE("IsMobile", SMALLINT),
    MOBILE_PHONE("MobilePhone", SMALLINT),
    MOBILE_PHONE_MODEL("MobilePhoneModel", TEXT),
    RESOLUTION_WIDTH("ResolutionWidth", SMALLINT),
    RESOLUTION_HEIGHT("ResolutionHeight", SMALLINT),
    COLOR_DEPTH("ColorDepth", SMALLINT, numbers(USER, 0.9, 16, 32, 1)),
    WINDOW_WIDTH("WindowClientWidth", SMALLINT),
    WINDOW_HEIGHT("WindowClientHeight", SMALLINT),
    CLIENT_TIME_ZONE("ClientTimeZone", SMALLINT, numbers(USER, 0.3, -720, 720, 1)),
    CLIENT_EVENT_TIME("ClientEventTime", TIMESTAMP),
    LOCAL_EVENT_TIME("LocalEventTime", TIMESTAMP),
    VISIT_ID("VisitID", BIGINT),
    VISIT_START("VisitStart", TIMESTAMP),
    HIT_NUMBER("HitNumber", SMALLINT),
    AGE("Age", SMALLINT, numbers(USER, 0.35, 16, 75, 1)),
    SEX("Sex", SMALLINT, numbers(USER, 0.35, 1, 2, 1)),
    INCOME("Income", SMALLINT, numbers(USER, 0.4, 1, 5, 1)),
    INTERESTS("Interests", INTEGER, numbers(USER, 0.4, 1, 65535, 3)),
    ROBOTNESS("Robotness", SMALLINT, numbers(USER, 0.97, 1, 100, 2)),
    CITY_ID("CityID", INTEGER, numbers(USER, 0.05, 1, 30000, 4)),
    PROVIDER_ID("ProviderID", INTEGER, numbers(USER, 0.02, 1, 4000, 3)),
    FIRST_VISIT_DATE("FirstVisitDate", DATE, numbers(USER, 0, 19000, 19904, 1)),
    LIFETIME_VISITS("LifetimeVisits", INTEGER, numbers(USER, 0.1, 1, 5000, 4)),
    BROWSER_LANGUAGE("BrowserLanguage", TEXT, choice(USER, 0.02, "en ru de es fr tr uk pl it")),
    BROWSER_COUNTRY("BrowserCountry", TEXT, choice(USER, 0.05, "US RU DE ES FR TR UA PL IT MX")),
    DEVICE_KIND("DeviceKind", SMALLINT, numbers(USER, 0.7, 1, 4, 2)),
    DEVICE_MEMORY("DeviceMemory", SMALLINT, numbers(USER, 0.4, 1, 32, 2)),
    CPU_CORES("CpuCores", SMALLINT, numbers(USER, 0.4, 1, 16, 2)),
    TOUCH_POINTS("TouchPoints", SMALLINT, numbers(USER, 0.9, 1, 10, 1)),
    COOKIES_ENABLED("CookiesEnabled", SMALLINT, numbers(USER, 0.02, 1, 1, 1)),
    SCRIPT_ENABLED("ScriptEnabled", SMALLINT, numbers(USER, 0.01, 1, 1, 1)),
    DEVICE_HASH("DeviceHash", BIGINT, numbers(USER, 0.1, 1, 1L << 62, 1)),
    EXPERIMENT_ID("ExperimentID", SMALLINT, numbers(USER, 0.8, 1, 12, 1)),
    REQUEST_ID("RequestID", BIGINT, numbers(HIT, 0, 1, 1L << 62, 1)),
    SITE_CATEGORY_ID("SiteCategoryID", SMALLINT, numbers(SITE, 0.1, 1, 40, 2)),
    SITE_CLASS("SiteClass", SMALLINT, numbers(SITE, 0.7, 1, 3, 1)),
    SITE_CHARSET("SiteCharset", TEXT, choice(SITE, 0, "utf-8 windows-1251 iso-8859-1")),
    SITE_LANGUAGE("SiteLanguage", TEXT),
    CODE_VERSION("CodeVersion", INTEGER, numbers(SITE, 0, 1200, 1260, 3)),
    CAMPAIGN_SOURCE("CampaignSource", TEXT, choice(VISIT, 0.96, "newsletter bing partner social")),
    CAMPAIGN_MEDIUM("CampaignMedium", TEXT, choice(VISIT, 0.96, "cpc email banner affiliate")),
    CAMPAIGN_NAME(
            "CampaignName", TEXT, choice(VISIT, 0.97, "spring sale launch loyalty return summer")),
    CAMPAIGN_CONTENT("CampaignContent", TEXT, choice(VISIT, 0.98, "top side footer video story")),
    CAMPAIGN_TERM("CampaignTerm", TEXT, choice(VISIT, 0.98, "brand generic rival longtail")),
    HAS_CLICK_ID("HasClickID", SMALLINT, numbers(VISIT, 0.97, 1, 1, 1)),
    CONNECTION_KIND("ConnectionKind", SMALLINT, numbers(VISIT, 0.3, 1, 5, 1)),
    HISTORY_LENGTH("HistoryLength", SMALLINT, numbers(VISIT, 0.1, 1, 50, 3)),
    REFERER_CATEGORY_ID("RefererCategoryID", SMALLINT, numbers(VISIT, 0.6, 1, 300, 3)),
    REFERER_REGION_ID("RefererRegionID", INTEGER, numbers(VISIT, 0.5, 1, 9000, 4)),
    SOCIAL_SOURCE_ID("SocialSourceID", SMALLINT, numbers(VISIT, 0.97, 1, 20, 2)),
    SOCIAL_PAGE("SocialPage", TEXT, choice(VISIT, 0.98, "feed group profile message wall")),
    WINDOW_NAME("WindowName", INTEGER, numbers(HIT, 0.1, 1, 1 << 30, 1)),
    OPENER_NAME("OpenerName", INTEGER, numbers(HIT, 0.85, 1, 1 << 30, 1)),
    FROM_TAG("FromTag", TEXT, choice(VISIT, 0.97, "app mail push qr sms tile")),
    HIT_ID("HitID", INTEGER, numbers(HIT, 0, 1, 1 << 30, 1)),
    SEND_TIME("SendTime", INTEGER, numbers(HIT, 0.2, 1, 4000, 4)),
    DNS_TIME("DnsTime", INTEGER, numbers(HIT, 0.5, 1, 800, 4)),
    CONNECT_TIME("ConnectTime", INTEGER, numbers(HIT, 0.4, 1, 2000, 4)),
    TLS_TIME("TlsTime", INTEGER, numbers(HIT, 0.5, 1, 1500, 4)),
    RESPONSE_START_TIME("ResponseStartTime", INTEGER, numbers(HIT, 0.05, 20, 9000, 3)),
    RESPONSE_END_TIME("ResponseEndTime", INTEGER, numbers(HIT, 0.05, 5, 20000, 4)),
    DOM_READY_TIME("DomReadyTime", INTEGER, numbers(HIT, 0.05, 50, 30000, 4)),
    LOAD_TIME("LoadTime", INTEGER, numbers(HIT, 0.05, 80, 60000, 4)),
    TRANSFER_BYTES("TransferBytes", INTEGER, numbers(HIT, 0.02, 1000, 4_000_000, 3)),
    TIME_ON_PAGE("TimeOnPage", INTEGER, numbers(HIT, 0.05, 1, 1800, 3)),
    SCROLL_DEPTH("ScrollDepth", SMALLINT, numbers(HIT, 0.1, 1, 100, 1)),
    PAGE_DEPTH("PageDepth", SMALLINT, numbers(HIT, 0.2, 1, 12, 2)),
    CLICK_COUNT("ClickCount", SMALLINT, numbers(HIT, 0.7, 1, 30, 3)),
    HTTP_STATUS("HttpStatus", SMALLINT, numbers(HIT, 0.98, 301, 503, 1)),
    ERROR_COUNT("ErrorCount", SMALLINT, numbers(HIT, 0.97, 1, 20, 3)),
    URL_CATEGORY_ID("URLCategoryID", SMALLINT, numbers(HIT, 0.8, 1, 400, 3)),
    IS_EVENT("IsEvent", SMALLINT, numbers(HIT, 0.97, 1, 1, 1)),
    EVENT_CATEGORY("EventCategory", TEXT, choice(HIT, 0.98, "video form cart menu share")),
    EVENT_ACTION("EventAction", TEXT, choice(HIT, 0.98, "play open add submit close")),
    IS_ARTIFICIAL("IsArtificial", SMALLINT, numbers(HIT, 0.99, 1, 1, 1)),
    HIT_COLOR("HitColor", TEXT, choice(HIT, 0, "5 T g E D Z")),
    GOALS_REACHED("GoalsReached", SMALLINT, numbers(HIT, 0.95, 1, 8, 2)),
    ORDER_ID("OrderID", TEXT),
    ORDER_PRICE("OrderPrice", BIGINT),
    ORDER_CURRENCY("OrderCurrency", TEXT),
    PARAMS("Params", TEXT);

    private static final List<HitsColumn> ALL = List.of(values());

    private final String label;
    private final ColumnType type;

    /// A choice holds arrays of bytes, which nobody writes.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Fill fill;

    HitsColumn(String label, ColumnType type) {
        this(label, type, new Fill.Computed());
    }

    HitsColumn(String label, ColumnType type, Fill fill) {
        this.label = label;
        this.type = type;
        this.fill = fill;
    }

    static List<HitsColumn> all() {
        return ALL;
    }

    static List<ColumnDefinition> definitions() {
        List<ColumnDefinition> definitions = new ArrayList<>();
        for (HitsColumn column : ALL) {
            definitions.add(new ColumnDefinition(column.label, column.type));
        }
        return definitions;
    }

    /// The position in the table: the order of the constants is the order of the columns.
    @SuppressWarnings("EnumOrdinal")
    int index() {
        return ordinal();
    }

    String label() {
        return label;
    }

    Fill fill() {
        return fill;
    }

    private static Fill numbers(Level level, double zeroShare, long low, long high, int power) {
        return new Fill.Numbers(level, zeroShare, low, high, power);
    }

    private static Fill choice(Level level, double emptyShare, String values) {
        List<byte[]> bytes = Arrays.stream(values.split(" ", -1)).map(Words::bytes).toList();
        return new Fill.Choice(level, emptyShare, bytes);
    }
}
