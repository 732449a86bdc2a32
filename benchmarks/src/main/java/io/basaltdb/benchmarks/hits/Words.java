package io.basaltdb.benchmarks.hits;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// The words of which titles, phrases and addresses are made: four languages, two of them not ASCII.
final class Words {
    private static final String ENGLISH =
            "summer house garden cheap flight ticket weather map city hotel price review buy online "
                    + "phone camera laptop repair car engine winter tyre school music video lyrics recipe "
                    + "chicken cake bread dress shoes jacket leather wooden table chair lamp window door "
                    + "kitchen bathroom floor paint bicycle route train station timetable bank credit loan "
                    + "insurance doctor dentist clinic medicine vitamin exercise football match score "
                    + "league tennis chess puzzle story poem novel author film actor series season episode "
                    + "guitar piano lesson course exam university job salary office manager driver rent "
                    + "apartment lake mountain forest river island beach cruise visa passport embassy news "
                    + "today history castle museum picture frame wedding gift flower";
    private static final String RUSSIAN =
            "дом сад погода карта город гостиница цена отзыв купить телефон камера ремонт машина "
                    + "двигатель зима шина школа музыка видео текст рецепт курица торт хлеб платье обувь "
                    + "куртка кожа стол стул лампа окно дверь кухня ванна пол краска велосипед маршрут поезд "
                    + "вокзал расписание банк кредит страховка врач клиника лекарство витамин футбол матч "
                    + "счёт лига теннис шахматы загадка рассказ стихи роман автор фильм актёр сериал сезон "
                    + "гитара урок курс экзамен работа зарплата офис водитель аренда квартира озеро гора лес "
                    + "река остров пляж виза паспорт новости сегодня история замок музей картина свадьба "
                    + "подарок цветок билет самолёт лето";
    private static final String GERMAN =
            "haus garten wetter karte stadt gasthof preis bewertung kaufen telefon kamera reparatur "
                    + "auto motor winter reifen schule musik video text rezept hähnchen kuchen brot kleid "
                    + "schuhe jacke leder tisch stuhl lampe fenster tür küche bad boden farbe fahrrad strecke "
                    + "zug bahnhof fahrplan bank kredit versicherung arzt zahnarzt klinik arznei übung "
                    + "fussball spiel ergebnis liga tennis schach rätsel geschichte gedicht roman autor film "
                    + "schauspieler serie staffel folge gitarre klavier kurs prüfung universität arbeit "
                    + "gehalt büro fahrer miete wohnung see berg wald fluss insel strand visum nachrichten "
                    + "heute schloss museum bild rahmen hochzeit geschenk blume sommer flug";
    private static final String SPANISH =
            "casa jardin tiempo mapa ciudad hotel precio opinion comprar telefono camara taller coche "
                    + "motor invierno rueda escuela musica video letra receta pollo tarta pan vestido zapatos "
                    + "chaqueta cuero mesa silla lampara ventana puerta cocina piso pintura bicicleta ruta "
                    + "tren horario banco credito seguro medico dentista clinica futbol partido resultado "
                    + "liga tenis ajedrez cuento poema novela autor pelicula actor serie temporada guitarra "
                    + "piano clase curso examen universidad trabajo sueldo oficina conductor alquiler lago "
                    + "monte bosque rio isla playa crucero visado pasaporte noticias hoy historia castillo "
                    + "museo cuadro boda regalo flor verano vuelo billete";

    private static final List<byte[][]> LANGUAGES =
            List.of(split(ENGLISH), split(RUSSIAN), split(GERMAN), split(SPANISH));
    private static final byte[][] SECTIONS =
            split(
                    "catalog news forum item article product gallery user search category offers archive "
                            + "blog shop video photo tickets rent jobs auto realty travel");
    private static final byte[][] DOMAINS = split("com net org de ru es info co.uk fr io");

    private Words() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// The words of a language, 0 to 3; the first is plain ASCII.
    static byte[][] language(int language) {
        return LANGUAGES.get(language);
    }

    static int languageCount() {
        return LANGUAGES.size();
    }

    static byte[] word(byte[][] words, long draw) {
        return words[Draw.below(draw, words.length)];
    }

    /// Words that stand first in a path.
    static byte[] section(long draw) {
        return word(SECTIONS, draw);
    }

    /// What a host name ends with.
    static byte[] domain(long draw) {
        return word(DOMAINS, draw);
    }

    private static byte[][] split(String words) {
        String[] parts = words.split(" ", -1);
        byte[][] split = new byte[parts.length][];
        for (int i = 0; i < parts.length; i++) {
            split[i] = bytes(parts[i]);
        }
        return split;
    }
}
